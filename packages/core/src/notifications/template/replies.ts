import { template } from "./template.ts";

const manner = { to: "patient", purpose: "care", pace: "at-once", inConversation: true } as const;

// What is said to somebody who has just written.
export const replies = {
  reply_confirmed: template(
    manner,
    { patientName: "text", appointmentTime: "instant", clinicName: "text", clinicAddress: "address?" },
    {
      es: {
        subject: "{clinicName}: gracias por confirmar",
        body: [
          "¡Gracias, {patientName}! Quedó confirmado que vienes:",
          "Cuándo: {appointmentTime}",
          "Dónde: {clinicName}",
          "Dirección: {clinicAddress}",
          "",
          "¡Te esperamos!",
        ],
      },
      en: {
        subject: "{clinicName}: thank you for confirming",
        body: [
          "Thank you, {patientName}! We have you down as coming:",
          "When: {appointmentTime}",
          "Where: {clinicName}",
          "Address: {clinicAddress}",
          "",
          "See you then!",
        ],
      },
      pt: {
        subject: "{clinicName}: agradecemos a confirmação",
        body: [
          "Agradecemos, {patientName}! Sua presença está confirmada:",
          "Quando: {appointmentTime}",
          "Onde: {clinicName}",
          "Endereço: {clinicAddress}",
          "",
          "Esperamos você!",
        ],
      },
    },
  ),

  reply_cancelled: template(
    manner,
    { patientName: "text", appointmentTime: "instant", clinicName: "text", refund: "money?", link: "link" },
    {
      es: {
        subject: "{clinicName}: cancelamos tu cita",
        body: [
          "Listo, {patientName}. Cancelamos tu cita en {clinicName}:",
          "{appointmentTime}",
          "Te devolveremos: {refund}",
          "",
          "Elegir otro horario: {link}",
        ],
      },
      en: {
        subject: "{clinicName}: your appointment is cancelled",
        body: [
          "Done, {patientName}. Your appointment at {clinicName} is cancelled:",
          "{appointmentTime}",
          "We will refund you: {refund}",
          "",
          "Choose another time: {link}",
        ],
      },
      pt: {
        subject: "{clinicName}: cancelamos sua consulta",
        body: [
          "Pronto, {patientName}. Cancelamos sua consulta em {clinicName}:",
          "{appointmentTime}",
          "Vamos devolver a você: {refund}",
          "",
          "Escolher outro horário: {link}",
        ],
      },
    },
  ),

  reply_moved: template(
    manner,
    { patientName: "text", appointmentTime: "instant", clinicName: "text", link: "link" },
    {
      es: {
        subject: "{clinicName}: cambiamos tu cita",
        body: [
          "Listo, {patientName}. Tu nuevo horario en {clinicName}:",
          "{appointmentTime}",
          "",
          "Ver, cambiar o cancelar tu cita: {link}",
        ],
      },
      en: {
        subject: "{clinicName}: your appointment has moved",
        body: [
          "Done, {patientName}. Your new time at {clinicName}:",
          "{appointmentTime}",
          "",
          "See, change or cancel your appointment: {link}",
        ],
      },
      pt: {
        subject: "{clinicName}: remarcamos sua consulta",
        body: [
          "Pronto, {patientName}. Seu novo horário em {clinicName}:",
          "{appointmentTime}",
          "",
          "Ver, remarcar ou cancelar sua consulta: {link}",
        ],
      },
    },
  ),

  reply_choose_time: template(
    manner,
    { patientName: "text", times: "numberedInstants", clinicName: "text", link: "link" },
    {
      es: {
        subject: "{clinicName}: elige otro horario",
        body: [
          "Claro, {patientName}. Estos son los próximos horarios libres: {times}",
          "",
          "Responde con el número del que prefieras. Tu cita sigue en pie hasta que elijas.",
          "Ver más horarios: {link}",
        ],
      },
      en: {
        subject: "{clinicName}: choose another time",
        body: [
          "Of course, {patientName}. These are the next free times: {times}",
          "",
          "Reply with the number of the one you prefer. Your appointment stands until you choose.",
          "See more times: {link}",
        ],
      },
      pt: {
        subject: "{clinicName}: escolha outro horário",
        body: [
          "Claro, {patientName}. Estes são os próximos horários livres: {times}",
          "",
          "Responda com o número do que você preferir. Sua consulta continua marcada até você escolher.",
          "Ver mais horários: {link}",
        ],
      },
    },
  ),

  reply_choose_booking: template(
    manner,
    {
      patientName: "text",
      wish: ["confirm", "cancel", "reschedule"],
      visits: "numberedOccurrences",
      clinicName: "text",
    },
    {
      es: {
        subject: "{clinicName}: ¿cuál de tus citas?",
        body: [
          "Hola, {patientName}. Tienes más de una cita. ¿Cuál quieres {wish}? {visits}",
          "",
          "Responde con su número.",
        ],
        words: { wish: { confirm: "confirmar", cancel: "cancelar", reschedule: "cambiar" } },
      },
      en: {
        subject: "{clinicName}: which appointment?",
        body: [
          "Hi {patientName}, you have more than one appointment. Which one do you want to {wish}? {visits}",
          "",
          "Reply with its number.",
        ],
        words: { wish: { confirm: "confirm", cancel: "cancel", reschedule: "reschedule" } },
      },
      pt: {
        subject: "{clinicName}: qual das suas consultas?",
        body: [
          "Olá, {patientName}! Você tem mais de uma consulta. Qual delas quer {wish}? {visits}",
          "",
          "Responda com o número dela.",
        ],
        words: { wish: { confirm: "confirmar", cancel: "cancelar", reschedule: "remarcar" } },
      },
    },
  ),

  reply_stopped: template(
    manner,
    { clinicName: "text" },
    {
      es: {
        subject: "{clinicName}: no te enviaremos más mensajes",
        body: [
          "Listo: no te enviaremos más mensajes de {clinicName} por aquí. Tus citas siguen en pie.",
          "Si cambias de idea, responde ALTA.",
        ],
      },
      en: {
        subject: "{clinicName}: no more messages",
        body: [
          "Done: you will get no more messages from {clinicName} here. Your appointments still stand.",
          "If you change your mind, reply START.",
        ],
      },
      pt: {
        subject: "{clinicName}: você não receberá mais mensagens",
        body: [
          "Pronto: você não receberá mais mensagens de {clinicName} por aqui. Suas consultas continuam marcadas.",
          "Se mudar de ideia, responda RETOMAR.",
        ],
      },
    },
  ),

  reply_started: template(
    manner,
    { clinicName: "text" },
    {
      es: {
        subject: "{clinicName}: volverás a recibir mensajes",
        body: [
          "¡Qué bueno tenerte de vuelta! Volverás a recibir los mensajes de {clinicName}.",
          "Para dejar de recibirlos, responde BAJA.",
        ],
      },
      en: {
        subject: "{clinicName}: you will get messages again",
        body: [
          "Good to have you back! You will get the messages of {clinicName} again.",
          "To stop them, reply STOP.",
        ],
      },
      pt: {
        subject: "{clinicName}: você voltará a receber mensagens",
        body: [
          "Que bom ter você de volta! Você voltará a receber as mensagens de {clinicName}.",
          "Para deixar de recebê-las, responda SAIR.",
        ],
      },
    },
  ),

  reply_help: template(
    manner,
    { clinicName: "text", clinicPhone: "text?", link: "link?" },
    {
      es: {
        subject: "{clinicName}: cómo podemos ayudarte",
        body: [
          "Soy el asistente de {clinicName}. Puedes responder:",
          "CONFIRMAR, para decirnos que vienes",
          "CAMBIAR, para elegir otro horario",
          "CANCELAR, para cancelar tu cita",
          "BAJA, para no recibir más mensajes",
          "",
          "Ver tu cita: {link}",
          "Para hablar con una persona, llama a la clínica: {clinicPhone}",
        ],
      },
      en: {
        subject: "{clinicName}: how we can help",
        body: [
          "This is the assistant of {clinicName}. You can reply:",
          "CONFIRM, to tell us that you are coming",
          "RESCHEDULE, to choose another time",
          "CAN'T COME, to cancel your appointment",
          "STOP, to get no more messages",
          "",
          "See your appointment: {link}",
          "To talk to a person, call the clinic: {clinicPhone}",
        ],
      },
      pt: {
        subject: "{clinicName}: como podemos ajudar",
        body: [
          "Sou o assistente de {clinicName}. Você pode responder:",
          "CONFIRMAR, para avisar que vem",
          "REMARCAR, para escolher outro horário",
          "CANCELAR, para cancelar sua consulta",
          "SAIR, para não receber mais mensagens",
          "",
          "Ver sua consulta: {link}",
          "Para falar com uma pessoa, ligue para a clínica: {clinicPhone}",
        ],
      },
    },
  ),

  reply_none: template(
    manner,
    { clinicName: "text", clinicPhone: "text?", link: "link?" },
    {
      es: {
        subject: "{clinicName}: no encontramos tu cita",
        body: [
          "No encontramos ninguna cita próxima con este número en {clinicName}.",
          "",
          "Reservar una cita: {link}",
          "Si crees que es un error, llama a la clínica: {clinicPhone}",
        ],
      },
      en: {
        subject: "{clinicName}: we found no appointment",
        body: [
          "We found no upcoming appointment for this number at {clinicName}.",
          "",
          "Book an appointment: {link}",
          "If you think this is a mistake, call the clinic: {clinicPhone}",
        ],
      },
      pt: {
        subject: "{clinicName}: não encontramos sua consulta",
        body: [
          "Não encontramos nenhuma consulta próxima com este número em {clinicName}.",
          "",
          "Marcar uma consulta: {link}",
          "Se acha que é um engano, ligue para a clínica: {clinicPhone}",
        ],
      },
    },
  ),

  reply_too_late: template(
    manner,
    { appointmentTime: "instant", clinicName: "text", clinicPhone: "text?", link: "link?" },
    {
      es: {
        subject: "{clinicName}: llámanos para cambiar tu cita",
        body: [
          "Falta poco para tu cita y ya no podemos cambiarla ni cancelarla por aquí. Sigue en pie:",
          "Cuándo: {appointmentTime}",
          "Dónde: {clinicName}",
          "",
          "Ver tu cita: {link}",
          "Si no puedes venir, por favor llama a la clínica.",
          "Teléfono de la clínica: {clinicPhone}",
        ],
      },
      en: {
        subject: "{clinicName}: please call to change your appointment",
        body: [
          "Your appointment is soon, and we can no longer change or cancel it here. It still stands:",
          "When: {appointmentTime}",
          "Where: {clinicName}",
          "",
          "See your appointment: {link}",
          "If you can't come, please call the clinic.",
          "Phone of the clinic: {clinicPhone}",
        ],
      },
      pt: {
        subject: "{clinicName}: ligue para mudar sua consulta",
        body: [
          "Falta pouco para sua consulta e já não podemos remarcar nem cancelar por aqui. Ela continua marcada:",
          "Quando: {appointmentTime}",
          "Onde: {clinicName}",
          "",
          "Ver sua consulta: {link}",
          "Se não puder vir, por favor ligue para a clínica.",
          "Telefone da clínica: {clinicPhone}",
        ],
      },
    },
  ),

  // Who waits for a person has to know that nobody may be reading now.
  reply_unclear: template(
    manner,
    { clinicName: "text", clinicPhone: "text?" },
    {
      es: {
        subject: "{clinicName}: recibimos tu mensaje",
        body: [
          "Gracias por escribir. Una persona de {clinicName} leerá tu mensaje.",
          "Si es una emergencia, no esperes: llama a los servicios de urgencia.",
          "Teléfono de la clínica: {clinicPhone}",
        ],
      },
      en: {
        subject: "{clinicName}: we got your message",
        body: [
          "Thank you for writing. Somebody at {clinicName} will read your message.",
          "If it is an emergency, do not wait: call the emergency services.",
          "Phone of the clinic: {clinicPhone}",
        ],
      },
      pt: {
        subject: "{clinicName}: recebemos sua mensagem",
        body: [
          "Agradecemos a mensagem. Uma pessoa da clínica {clinicName} vai ler o que você escreveu.",
          "Se for uma emergência, não espere: ligue para os serviços de urgência.",
          "Telefone da clínica: {clinicPhone}",
        ],
      },
    },
  ),
};
