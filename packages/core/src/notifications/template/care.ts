import { stopAnswers } from "./answers.ts";
import { template } from "./template.ts";

// No text names an illness. Each one says whom to call, since nobody may be reading the answers at that moment.

const followUp = {
  patientName: "text",
  doctorName: "private text",
  clinicName: "text",
  questions: "private lines?",
  clinicPhone: "text?",
  link: "link?",
} as const;

const afterGreeting = {
  es: [
    "Te atendió: {doctorName}",
    "",
    "Nos ayudaría que nos cuentes: {questions}",
    "",
    "Ver tu visita: {link}",
    "Teléfono de la clínica: {clinicPhone}",
    "Si te sientes mal, no esperes una respuesta: llama a la clínica, o a emergencias si es urgente.",
  ],
  en: [
    "You saw: {doctorName}",
    "",
    "It would help us if you told us: {questions}",
    "",
    "See your visit: {link}",
    "Phone of the clinic: {clinicPhone}",
    "If you feel unwell, don't wait for an answer: call the clinic, or emergency services if it is urgent.",
  ],
  pt: [
    "Você foi atendido por: {doctorName}",
    "",
    "Ajudaria se você nos contasse: {questions}",
    "",
    "Ver sua visita: {link}",
    "Telefone da clínica: {clinicPhone}",
    "Se não se sentir bem, não espere uma resposta: ligue para a clínica, ou para a emergência se for urgente.",
  ],
} as const;

const answerInWords = {
  es: ["Puedes responder a este mensaje con tus palabras; lo leerá el equipo que te atiende."],
  en: ["You can reply to this message in your own words; the team that looks after you will read it."],
  pt: ["Você pode responder a esta mensagem com suas palavras; a equipe que cuida de você vai ler."],
} as const;

export const care = {
  follow_up_24h: template({ to: "patient", purpose: "care", pace: "daytime" }, followUp, {
    es: {
      subject: "{clinicName}: ¿cómo te sientes?",
      body: [
        "Hola, {patientName}. ¿Cómo te sientes después de tu visita a {clinicName}?",
        ...afterGreeting.es,
      ],
      replies: answerInWords.es,
    },
    en: {
      subject: "{clinicName}: how are you feeling?",
      body: ["Hi {patientName}, how are you feeling after your visit to {clinicName}?", ...afterGreeting.en],
      replies: answerInWords.en,
    },
    pt: {
      subject: "{clinicName}: como você está se sentindo?",
      body: [
        "Olá, {patientName}! Como você está se sentindo depois da sua visita a {clinicName}?",
        ...afterGreeting.pt,
      ],
      replies: answerInWords.pt,
    },
  }),

  follow_up_48h: template({ to: "patient", purpose: "care", pace: "daytime" }, followUp, {
    es: {
      subject: "{clinicName}: ¿cómo van estos días?",
      body: [
        "Hola, {patientName}. ¿Cómo han ido estos días desde tu visita a {clinicName}?",
        ...afterGreeting.es,
      ],
      replies: answerInWords.es,
    },
    en: {
      subject: "{clinicName}: how are these days going?",
      body: [
        "Hi {patientName}, how have these days been since your visit to {clinicName}?",
        ...afterGreeting.en,
      ],
      replies: answerInWords.en,
    },
    pt: {
      subject: "{clinicName}: como vão esses dias?",
      body: [
        "Olá, {patientName}! Como têm sido esses dias desde a sua visita a {clinicName}?",
        ...afterGreeting.pt,
      ],
      replies: answerInWords.pt,
    },
  }),

  follow_up_1week: template({ to: "patient", purpose: "care", pace: "daytime" }, followUp, {
    es: {
      subject: "{clinicName}: ¿cómo va tu semana?",
      body: [
        "Hola, {patientName}. Pasó más o menos una semana desde tu visita a {clinicName}. ¿Cómo sigues?",
        ...afterGreeting.es,
      ],
      replies: answerInWords.es,
    },
    en: {
      subject: "{clinicName}: how is your week going?",
      body: [
        "Hi {patientName}, it has been about a week since your visit to {clinicName}. How are you doing?",
        ...afterGreeting.en,
      ],
      replies: answerInWords.en,
    },
    pt: {
      subject: "{clinicName}: como vai sua semana?",
      body: [
        "Olá, {patientName}! Faz mais ou menos uma semana da sua visita a {clinicName}. Como você está?",
        ...afterGreeting.pt,
      ],
      replies: answerInWords.pt,
    },
  }),

  follow_up_2weeks: template({ to: "patient", purpose: "care", pace: "daytime" }, followUp, {
    es: {
      subject: "{clinicName}: ¿cómo sigues?",
      body: [
        "Hola, {patientName}. Pasaron unas dos semanas desde tu visita a {clinicName} y queremos saber cómo sigues.",
        ...afterGreeting.es,
      ],
      replies: answerInWords.es,
    },
    en: {
      subject: "{clinicName}: how are you doing?",
      body: [
        "Hi {patientName}, it has been about two weeks since your visit to {clinicName}, and we would like to know how you are doing.",
        ...afterGreeting.en,
      ],
      replies: answerInWords.en,
    },
    pt: {
      subject: "{clinicName}: como você está?",
      body: [
        "Olá, {patientName}! Faz umas duas semanas da sua visita a {clinicName} e queremos saber como você está.",
        ...afterGreeting.pt,
      ],
      replies: answerInWords.pt,
    },
  }),

  medication_reminder: template(
    { to: "patient", purpose: "care", pace: "considerate" },
    {
      patientName: "text",
      medication: "private text",
      dosage: "private text",
      instructions: "private text?",
      doseTime: "instant",
      clinicName: "text",
      clinicPhone: "text?",
    },
    {
      es: {
        subject: "{clinicName}: tu recordatorio",
        body: [
          "Hola, {patientName}. Es hora de tu medicamento:",
          "Medicamento: {medication}",
          "Dosis: {dosage}",
          "Indicaciones: {instructions}",
          "Hora: {doseTime}",
          "",
          "Si tienes dudas o no te sientes bien, llama a {clinicName} antes de cambiar algo.",
          "Teléfono de la clínica: {clinicPhone}",
        ],
        minimal: [
          "Hola, {patientName}. Este es el recordatorio que acordaste con {clinicName}.",
          "Hora: {doseTime}",
          "",
          "Si tienes dudas o no te sientes bien, llama a la clínica.",
          "Teléfono de la clínica: {clinicPhone}",
        ],
        replies: stopAnswers.es,
      },
      en: {
        subject: "{clinicName}: your reminder",
        body: [
          "Hi {patientName}, it is time for your medication:",
          "Medication: {medication}",
          "Dose: {dosage}",
          "Instructions: {instructions}",
          "Time: {doseTime}",
          "",
          "If you have questions or don't feel well, call {clinicName} before you change anything.",
          "Phone of the clinic: {clinicPhone}",
        ],
        minimal: [
          "Hi {patientName}, this is the reminder that you agreed on with {clinicName}.",
          "Time: {doseTime}",
          "",
          "If you have questions or don't feel well, call the clinic.",
          "Phone of the clinic: {clinicPhone}",
        ],
        replies: stopAnswers.en,
      },
      pt: {
        subject: "{clinicName}: seu lembrete",
        body: [
          "Olá, {patientName}! Está na hora do seu medicamento:",
          "Medicamento: {medication}",
          "Dose: {dosage}",
          "Orientações: {instructions}",
          "Horário: {doseTime}",
          "",
          "Se tiver dúvidas ou não se sentir bem, ligue para {clinicName} antes de mudar algo.",
          "Telefone da clínica: {clinicPhone}",
        ],
        minimal: [
          "Olá, {patientName}! Este é o lembrete que você combinou com {clinicName}.",
          "Horário: {doseTime}",
          "",
          "Se tiver dúvidas ou não se sentir bem, ligue para a clínica.",
          "Telefone da clínica: {clinicPhone}",
        ],
        replies: stopAnswers.pt,
      },
    },
  ),

  checkin_questions: template(
    { to: "patient", purpose: "care", pace: "daytime" },
    {
      patientName: "text",
      clinicName: "text",
      questions: "private lines",
      clinicPhone: "text?",
      link: "link?",
    },
    {
      es: {
        subject: "{clinicName}: queremos saber cómo estás",
        body: [
          "Hola, {patientName}. Somos el equipo de {clinicName} y queremos saber cómo estás.",
          "Por favor, cuéntanos: {questions}",
          "",
          "Responder en línea: {link}",
          "Teléfono de la clínica: {clinicPhone}",
          "Si te sientes mal, no esperes una respuesta: llama a la clínica, o a emergencias si es urgente.",
        ],
        minimal: [
          "Hola, {patientName}. Somos el equipo de {clinicName} y tenemos unas preguntas breves para ti.",
          "",
          "Verlas y responder: {link}",
          "Teléfono de la clínica: {clinicPhone}",
          "Si te sientes mal, no esperes una respuesta: llama a la clínica, o a emergencias si es urgente.",
        ],
        replies: answerInWords.es,
      },
      en: {
        subject: "{clinicName}: we would like to know how you are",
        body: [
          "Hi {patientName}, this is the team of {clinicName}. We would like to know how you are.",
          "Please tell us: {questions}",
          "",
          "Answer online: {link}",
          "Phone of the clinic: {clinicPhone}",
          "If you feel unwell, don't wait for an answer: call the clinic, or emergency services if it is urgent.",
        ],
        minimal: [
          "Hi {patientName}, this is the team of {clinicName}. We have a few short questions for you.",
          "",
          "See and answer them: {link}",
          "Phone of the clinic: {clinicPhone}",
          "If you feel unwell, don't wait for an answer: call the clinic, or emergency services if it is urgent.",
        ],
        replies: answerInWords.en,
      },
      pt: {
        subject: "{clinicName}: queremos saber como você está",
        body: [
          "Olá, {patientName}! Somos a equipe de {clinicName} e queremos saber como você está.",
          "Por favor, conte para nós: {questions}",
          "",
          "Responder pela internet: {link}",
          "Telefone da clínica: {clinicPhone}",
          "Se não se sentir bem, não espere uma resposta: ligue para a clínica, ou para a emergência se for urgente.",
        ],
        minimal: [
          "Olá, {patientName}! Somos a equipe de {clinicName} e temos algumas perguntas rápidas para você.",
          "",
          "Ver e responder: {link}",
          "Telefone da clínica: {clinicPhone}",
          "Se não se sentir bem, não espere uma resposta: ligue para a clínica, ou para a emergência se for urgente.",
        ],
        replies: answerInWords.pt,
      },
    },
  ),
};
