import { stopAnswers } from "./answers.ts";
import { template } from "./template.ts";

export const outreach = {
  birthday_greeting: template(
    { to: "patient", purpose: "outreach", pace: "daytime" },
    { patientName: "text", clinicName: "text" },
    {
      es: {
        subject: "¡Feliz cumpleaños de parte de {clinicName}!",
        body: [
          "¡Feliz cumpleaños, {patientName}!",
          "Todo el equipo de {clinicName} te desea un día muy bonito y un año lleno de salud.",
        ],
        replies: stopAnswers.es,
      },
      en: {
        subject: "Happy birthday from {clinicName}!",
        body: [
          "Happy birthday, {patientName}!",
          "All of us at {clinicName} wish you a lovely day and a year of good health.",
        ],
        replies: stopAnswers.en,
      },
      pt: {
        subject: "Feliz aniversário da equipe {clinicName}!",
        body: [
          "Feliz aniversário, {patientName}!",
          "Toda a equipe de {clinicName} deseja a você um dia muito bonito e um ano cheio de saúde.",
        ],
        replies: stopAnswers.pt,
      },
    },
  ),

  voucher_expiring: template(
    { to: "patient", purpose: "outreach", pace: "daytime" },
    {
      patientName: "text",
      voucherName: "private text",
      sessionsLeft: "count",
      expiresOn: "date",
      clinicName: "text",
      link: "link",
    },
    {
      es: {
        subject: "{clinicName}: tu paquete de sesiones está por vencer",
        body: [
          "Hola, {patientName}. Aún te quedan sesiones en {clinicName} y no queremos que las pierdas:",
          "Paquete: {voucherName}",
          "Sesiones que te quedan: {sessionsLeft}",
          "Puedes usarlas hasta el {expiresOn}.",
          "",
          "Reservar una sesión: {link}",
          "¡Te esperamos!",
        ],
        replies: stopAnswers.es,
      },
      en: {
        subject: "{clinicName}: your sessions are about to expire",
        body: [
          "Hi {patientName}, you still have sessions at {clinicName}, and we would hate for you to lose them:",
          "Pack: {voucherName}",
          "Sessions left: {sessionsLeft}",
          "You can use them until {expiresOn}.",
          "",
          "Book a session: {link}",
          "We look forward to seeing you!",
        ],
        replies: stopAnswers.en,
      },
      pt: {
        subject: "{clinicName}: seu pacote de sessões está para vencer",
        body: [
          "Olá, {patientName}! Você ainda tem sessões em {clinicName} e não queremos que as perca:",
          "Pacote: {voucherName}",
          "Sessões que restam: {sessionsLeft}",
          "Você pode usá-las até {expiresOn}.",
          "",
          "Marcar uma sessão: {link}",
          "Esperamos você!",
        ],
        replies: stopAnswers.pt,
      },
    },
  ),
};
