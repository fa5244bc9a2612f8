/**
 * How a visit is answered, in words that a reply is understood by; ends messages that can be answered by writing back.
 *
 * CANCEL is understood, and not offered: by default it is a word after which carriers pass on no more SMS.
 */
export const visitAnswers = {
  es: ["Responde CONFIRMAR, CAMBIAR o CANCELAR. Para no recibir más mensajes: BAJA."],
  en: ["Reply CONFIRM, RESCHEDULE or CAN'T COME. To get no more messages: STOP."],
  pt: ["Responda CONFIRMAR, REMARCAR ou CANCELAR. Para não receber mais mensagens: SAIR."],
} as const;

/** How no more messages are asked for. */
export const stopAnswers = {
  es: ["Para no recibir más mensajes, responde BAJA."],
  en: ["To get no more messages, reply STOP."],
  pt: ["Para não receber mais mensagens, responda SAIR."],
} as const;
