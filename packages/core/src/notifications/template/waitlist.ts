import { template } from "./template.ts";

export const waitlist = {
  waitlist_offer: template(
    { to: "patient", purpose: "care", pace: "daytime" },
    {
      patientName: "text",
      serviceName: "private text",
      doctorName: "private text",
      appointmentTime: "instant",
      clinicName: "text",
      clinicAddress: "address?",
      expiresAt: "instant",
      link: "link",
    },
    {
      es: {
        subject: "{clinicName}: se liberó un horario para ti",
        body: [
          "Hola, {patientName}. Se liberó un horario y te lo ofrecemos primero a ti:",
          "Cita: {serviceName} con {doctorName}",
          "Cuándo: {appointmentTime}",
          "Dónde: {clinicName}",
          "Dirección: {clinicAddress}",
          "",
          "Te lo guardamos hasta el {expiresAt}.",
          "Aceptarlo o dejarlo pasar: {link}",
          "Si no respondes a tiempo, se lo ofreceremos a otra persona.",
        ],
      },
      en: {
        subject: "{clinicName}: a time has become free for you",
        body: [
          "Hi {patientName}, a time has become free and you are the first we offer it to:",
          "Appointment: {serviceName} with {doctorName}",
          "When: {appointmentTime}",
          "Where: {clinicName}",
          "Address: {clinicAddress}",
          "",
          "We are holding it for you until {expiresAt}.",
          "Take it or pass: {link}",
          "If we don't hear from you in time, we will offer it to somebody else.",
        ],
      },
      pt: {
        subject: "{clinicName}: um horário ficou livre para você",
        body: [
          "Olá, {patientName}! Um horário ficou livre e você é a primeira pessoa a quem oferecemos:",
          "Consulta: {serviceName} com {doctorName}",
          "Quando: {appointmentTime}",
          "Onde: {clinicName}",
          "Endereço: {clinicAddress}",
          "",
          "Vamos guardar o horário para você até {expiresAt}.",
          "Aceitar ou deixar passar: {link}",
          "Se você não responder a tempo, vamos oferecer o horário a outra pessoa.",
        ],
      },
    },
  ),
};
