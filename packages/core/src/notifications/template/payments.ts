import { template } from "./template.ts";

export const payments = {
  // At once: the time is held for whoever pays before a deadline.
  deposit_request: template(
    { to: "patient", purpose: "care", pace: "at-once" },
    {
      patientName: "text",
      amount: "money",
      serviceName: "private text",
      appointmentTime: "instant",
      clinicName: "text",
      expiresAt: "instant?",
      link: "link",
    },
    {
      es: {
        subject: "{clinicName}: falta el anticipo de tu cita",
        body: [
          "Hola, {patientName}. Para asegurar tu cita, falta pagar el anticipo de {amount}:",
          "Cita: {serviceName}",
          "Cuándo: {appointmentTime}",
          "Dónde: {clinicName}",
          "Puedes pagar hasta el {expiresAt}.",
          "",
          "Pagar el anticipo: {link}",
          "Si tienes alguna duda, llámanos.",
        ],
      },
      en: {
        subject: "{clinicName}: the deposit for your appointment",
        body: [
          "Hi {patientName}, to secure your appointment, please pay the deposit of {amount}:",
          "Appointment: {serviceName}",
          "When: {appointmentTime}",
          "Where: {clinicName}",
          "You can pay until {expiresAt}.",
          "",
          "Pay the deposit: {link}",
          "If you have any questions, please call us.",
        ],
      },
      pt: {
        subject: "{clinicName}: falta o sinal da sua consulta",
        body: [
          "Olá, {patientName}! Para garantir sua consulta, falta pagar o sinal de {amount}:",
          "Consulta: {serviceName}",
          "Quando: {appointmentTime}",
          "Onde: {clinicName}",
          "Você pode pagar até {expiresAt}.",
          "",
          "Pagar o sinal: {link}",
          "Se tiver alguma dúvida, ligue para nós.",
        ],
      },
    },
  ),

  deposit_received: template(
    { to: "patient", purpose: "care", pace: "considerate" },
    {
      patientName: "text",
      amount: "money",
      serviceName: "private text",
      appointmentTime: "instant",
      clinicName: "text",
      link: "link",
    },
    {
      es: {
        subject: "{clinicName}: recibimos tu anticipo",
        body: [
          "Gracias, {patientName}. Recibimos tu anticipo de {amount} para esta cita:",
          "Cita: {serviceName}",
          "Cuándo: {appointmentTime}",
          "Dónde: {clinicName}",
          "",
          "Ver tu cita: {link}",
          "¡Te esperamos!",
        ],
      },
      en: {
        subject: "{clinicName}: we have your deposit",
        body: [
          "Thank you, {patientName}. We have your deposit of {amount} for this appointment:",
          "Appointment: {serviceName}",
          "When: {appointmentTime}",
          "Where: {clinicName}",
          "",
          "See your appointment: {link}",
          "We look forward to seeing you!",
        ],
      },
      pt: {
        subject: "{clinicName}: recebemos seu sinal",
        body: [
          "Agradecemos, {patientName}! Recebemos seu sinal de {amount} para esta consulta:",
          "Consulta: {serviceName}",
          "Quando: {appointmentTime}",
          "Onde: {clinicName}",
          "",
          "Ver sua consulta: {link}",
          "Esperamos você!",
        ],
      },
    },
  ),

  refund_sent: template(
    { to: "patient", purpose: "care", pace: "considerate" },
    {
      patientName: "text",
      amount: "money",
      appointmentTime: "instant?",
      clinicName: "text",
      link: "link?",
    },
    {
      es: {
        subject: "{clinicName}: te enviamos tu reembolso",
        body: [
          "Hola, {patientName}. Te enviamos un reembolso de {amount} por el mismo medio con el que pagaste.",
          "Cita que se canceló: {appointmentTime}",
          "Clínica: {clinicName}",
          "",
          "Ver los detalles: {link}",
          "Según tu banco, puede tardar unos días en aparecer.",
        ],
      },
      en: {
        subject: "{clinicName}: your refund is on its way",
        body: [
          "Hi {patientName}, we have sent you a refund of {amount}, the same way you paid.",
          "Cancelled appointment: {appointmentTime}",
          "Clinic: {clinicName}",
          "",
          "See the details: {link}",
          "Depending on your bank, it may take a few days to show up.",
        ],
      },
      pt: {
        subject: "{clinicName}: enviamos seu reembolso",
        body: [
          "Olá, {patientName}! Enviamos um reembolso de {amount} pelo mesmo meio que você usou para pagar.",
          "Consulta cancelada: {appointmentTime}",
          "Clínica: {clinicName}",
          "",
          "Ver os detalhes: {link}",
          "Dependendo do seu banco, pode levar alguns dias para aparecer.",
        ],
      },
    },
  ),
};
