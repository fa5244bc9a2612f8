import { visitAnswers } from "./answers.ts";
import { template } from "./template.ts";

// No text says how far off the visit is: a clinic chooses its own hours, and a reminder may go out a little late.
export const reminders = {
  appointment_reminder_72h: template(
    { to: "patient", purpose: "care", pace: "considerate" },
    {
      patientName: "text",
      serviceName: "private text",
      doctorName: "private text",
      appointmentTime: "instant",
      clinicName: "text",
      clinicAddress: "address?",
      link: "link",
    },
    {
      es: {
        subject: "{clinicName}: tu próxima cita",
        body: [
          "Hola, {patientName}. Te recordamos tu próxima cita:",
          "Cita: {serviceName} con {doctorName}",
          "Cuándo: {appointmentTime}",
          "Dónde: {clinicName}",
          "Dirección: {clinicAddress}",
          "",
          "Si no puedes venir, avísanos con tiempo y otra persona podrá usar tu lugar.",
          "Ver, cambiar o cancelar tu cita: {link}",
        ],
        replies: visitAnswers.es,
      },
      en: {
        subject: "{clinicName}: your next appointment",
        body: [
          "Hi {patientName}, a reminder of your next appointment:",
          "Appointment: {serviceName} with {doctorName}",
          "When: {appointmentTime}",
          "Where: {clinicName}",
          "Address: {clinicAddress}",
          "",
          "If you can't make it, let us know early so that someone else can have your place.",
          "See, change or cancel your appointment: {link}",
        ],
        replies: visitAnswers.en,
      },
      pt: {
        subject: "{clinicName}: sua próxima consulta",
        body: [
          "Olá, {patientName}! Lembramos você da sua próxima consulta:",
          "Consulta: {serviceName} com {doctorName}",
          "Quando: {appointmentTime}",
          "Onde: {clinicName}",
          "Endereço: {clinicAddress}",
          "",
          "Se não puder vir, avise com antecedência e outra pessoa poderá usar o seu horário.",
          "Ver, remarcar ou cancelar sua consulta: {link}",
        ],
        replies: visitAnswers.pt,
      },
    },
  ),

  appointment_reminder_24h: template(
    { to: "patient", purpose: "care", pace: "considerate" },
    {
      patientName: "text",
      serviceName: "private text",
      doctorName: "private text",
      appointmentTime: "instant",
      clinicName: "text",
      clinicAddress: "address?",
      preparation: "private text?",
      link: "link",
    },
    {
      es: {
        subject: "{clinicName}: recordatorio de tu cita",
        body: [
          "Hola, {patientName}. Te esperamos en tu cita:",
          "Cita: {serviceName} con {doctorName}",
          "Cuándo: {appointmentTime}",
          "Dónde: {clinicName}",
          "Dirección: {clinicAddress}",
          "",
          "Cómo prepararte: {preparation}",
          "",
          "Ver, cambiar o cancelar tu cita: {link}",
        ],
        replies: visitAnswers.es,
      },
      en: {
        subject: "{clinicName}: appointment reminder",
        body: [
          "Hi {patientName}, we look forward to seeing you:",
          "Appointment: {serviceName} with {doctorName}",
          "When: {appointmentTime}",
          "Where: {clinicName}",
          "Address: {clinicAddress}",
          "",
          "How to prepare: {preparation}",
          "",
          "See, change or cancel your appointment: {link}",
        ],
        replies: visitAnswers.en,
      },
      pt: {
        subject: "{clinicName}: lembrete da sua consulta",
        body: [
          "Olá, {patientName}! Esperamos você na sua consulta:",
          "Consulta: {serviceName} com {doctorName}",
          "Quando: {appointmentTime}",
          "Onde: {clinicName}",
          "Endereço: {clinicAddress}",
          "",
          "Como se preparar: {preparation}",
          "",
          "Ver, remarcar ou cancelar sua consulta: {link}",
        ],
        replies: visitAnswers.pt,
      },
    },
  ),

  appointment_reminder_2h: template(
    { to: "patient", purpose: "care", pace: "considerate" },
    {
      patientName: "text",
      serviceName: "private text",
      appointmentTime: "instant",
      clinicName: "text",
      clinicAddress: "address?",
      building: "text?",
      floor: "text?",
      office: "text?",
      parking: "text?",
      link: "link",
    },
    {
      es: {
        subject: "{clinicName}: te esperamos pronto",
        body: [
          "¡Te esperamos pronto, {patientName}!",
          "Cita: {serviceName}",
          "Cuándo: {appointmentTime}",
          "Dónde: {clinicName}",
          "Dirección: {clinicAddress}",
          "Edificio: {building}",
          "Piso: {floor}",
          "Consultorio: {office}",
          "Estacionamiento: {parking}",
          "",
          "Avisar de un imprevisto: {link}",
        ],
        replies: visitAnswers.es,
      },
      en: {
        subject: "{clinicName}: see you soon",
        body: [
          "See you soon, {patientName}!",
          "Appointment: {serviceName}",
          "When: {appointmentTime}",
          "Where: {clinicName}",
          "Address: {clinicAddress}",
          "Building: {building}",
          "Floor: {floor}",
          "Office: {office}",
          "Parking: {parking}",
          "",
          "Tell us if something comes up: {link}",
        ],
        replies: visitAnswers.en,
      },
      pt: {
        subject: "{clinicName}: até logo",
        body: [
          "Até logo, {patientName}!",
          "Consulta: {serviceName}",
          "Quando: {appointmentTime}",
          "Onde: {clinicName}",
          "Endereço: {clinicAddress}",
          "Prédio: {building}",
          "Andar: {floor}",
          "Consultório: {office}",
          "Estacionamento: {parking}",
          "",
          "Avisar de um imprevisto: {link}",
        ],
        replies: visitAnswers.pt,
      },
    },
  ),
};

export type ReminderName = keyof typeof reminders;

/**
 * The reminder for so many hours before a visit: near it, how to find the room; up to two days before, how to prepare.
 *
 * 72, 24 and 2 are the usual ones; a clinic that sets others gets the one whose content fits.
 */
export function reminderTemplate(hours: number): ReminderName {
  if (hours <= 6) return "appointment_reminder_2h";
  return hours <= 48 ? "appointment_reminder_24h" : "appointment_reminder_72h";
}
