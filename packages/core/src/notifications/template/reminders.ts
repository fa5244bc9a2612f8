import { template } from "./template.ts";

// No text says how far off the visit is: a clinic chooses its own hours, and a reminder may go out a little late.
export const reminders = {
  appointment_reminder_72h: template(
    {
      patientName: "text",
      serviceName: "text",
      doctorName: "text",
      appointmentTime: "instant",
      clinicName: "text",
      clinicAddress: "text?",
      link: "text",
    },
    {
      es: {
        subject: "{clinicName}: tu próxima cita",
        body: [
          "Hola, {patientName}. Te recordamos tu próxima cita:",
          "{serviceName} con {doctorName}",
          "{appointmentTime}",
          "{clinicName}",
          "{clinicAddress}",
          "",
          "Si no puedes venir, avísanos con tiempo y otra persona podrá usar tu lugar: {link}",
        ],
      },
      en: {
        subject: "{clinicName}: your next appointment",
        body: [
          "Hi {patientName}, a reminder of your next appointment:",
          "{serviceName} with {doctorName}",
          "{appointmentTime}",
          "{clinicName}",
          "{clinicAddress}",
          "",
          "If you can't make it, let us know early so that someone else can have your place: {link}",
        ],
      },
      pt: {
        subject: "{clinicName}: sua próxima consulta",
        body: [
          "Olá, {patientName}! Lembramos você da sua próxima consulta:",
          "{serviceName} com {doctorName}",
          "{appointmentTime}",
          "{clinicName}",
          "{clinicAddress}",
          "",
          "Se não puder vir, avise com antecedência e outra pessoa poderá usar o seu horário: {link}",
        ],
      },
    },
  ),

  appointment_reminder_24h: template(
    {
      patientName: "text",
      serviceName: "text",
      doctorName: "text",
      appointmentTime: "instant",
      clinicName: "text",
      clinicAddress: "text?",
      preparation: "text?",
      link: "text",
    },
    {
      es: {
        subject: "{clinicName}: recordatorio de tu cita",
        body: [
          "Hola, {patientName}. Te esperamos en tu cita:",
          "{serviceName} con {doctorName}",
          "{appointmentTime}",
          "{clinicName}",
          "{clinicAddress}",
          "",
          "Cómo prepararte: {preparation}",
          "",
          "¿Necesitas cambiarla o cancelarla? {link}",
        ],
      },
      en: {
        subject: "{clinicName}: appointment reminder",
        body: [
          "Hi {patientName}, we look forward to seeing you:",
          "{serviceName} with {doctorName}",
          "{appointmentTime}",
          "{clinicName}",
          "{clinicAddress}",
          "",
          "How to prepare: {preparation}",
          "",
          "Need to change or cancel? {link}",
        ],
      },
      pt: {
        subject: "{clinicName}: lembrete da sua consulta",
        body: [
          "Olá, {patientName}! Esperamos você na sua consulta:",
          "{serviceName} com {doctorName}",
          "{appointmentTime}",
          "{clinicName}",
          "{clinicAddress}",
          "",
          "Como se preparar: {preparation}",
          "",
          "Precisa remarcar ou cancelar? {link}",
        ],
      },
    },
  ),

  appointment_reminder_2h: template(
    {
      patientName: "text",
      serviceName: "text",
      appointmentTime: "instant",
      clinicName: "text",
      clinicAddress: "text?",
      building: "text?",
      floor: "text?",
      office: "text?",
      parking: "text?",
      link: "text",
    },
    {
      es: {
        subject: "{clinicName}: te esperamos pronto",
        body: [
          "¡Te esperamos pronto, {patientName}!",
          "{serviceName}",
          "{appointmentTime}",
          "{clinicName}",
          "{clinicAddress}",
          "Edificio: {building}",
          "Piso: {floor}",
          "Consultorio: {office}",
          "Estacionamiento: {parking}",
          "",
          "Si tienes un imprevisto, avísanos aquí: {link}",
        ],
      },
      en: {
        subject: "{clinicName}: see you soon",
        body: [
          "See you soon, {patientName}!",
          "{serviceName}",
          "{appointmentTime}",
          "{clinicName}",
          "{clinicAddress}",
          "Building: {building}",
          "Floor: {floor}",
          "Office: {office}",
          "Parking: {parking}",
          "",
          "If something comes up, let us know here: {link}",
        ],
      },
      pt: {
        subject: "{clinicName}: até logo",
        body: [
          "Até logo, {patientName}!",
          "{serviceName}",
          "{appointmentTime}",
          "{clinicName}",
          "{clinicAddress}",
          "Prédio: {building}",
          "Andar: {floor}",
          "Consultório: {office}",
          "Estacionamento: {parking}",
          "",
          "Se houver algum imprevisto, avise por aqui: {link}",
        ],
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
