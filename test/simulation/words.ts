import type { Answer } from "./habits.ts";
import type { Calendar } from "./town.ts";

type Language = Calendar["language"];

/** How people put it. */
export const words: Readonly<Record<Language, Readonly<Record<Answer, readonly string[]>>>> = {
  es: {
    confirm: ["CONFIRMO", "Sí, confirmo", "Ahí estaré, gracias"],
    cancel: ["CANCELAR", "No puedo ir, disculpe"],
    reschedule: ["CAMBIAR", "Quiero cambiar mi cita"],
    stop: ["BAJA"],
    nonsense: ["¿Puedo llevar a mi perro?", "El jueves es feriado"],
  },
  en: {
    confirm: ["CONFIRM", "Yes, I'll be there", "See you there!"],
    cancel: ["CAN'T COME", "CANCEL", "I can't make it, sorry!"],
    reschedule: ["RESCHEDULE", "Can I reschedule?"],
    stop: ["STOP"],
    nonsense: ["Is there parking for a bus?", "My cousin says hi"],
  },
  pt: {
    confirm: ["CONFIRMO", "Sim, estarei lá", "Vou sim, obrigada"],
    cancel: ["CANCELAR", "Não vou poder ir"],
    reschedule: ["REMARCAR", "Quero remarcar minha consulta"],
    stop: ["SAIR"],
    nonsense: ["O estacionamento fecha?", "Quinta é feriado"],
  },
};

/** A number of what was offered. */
export const numbered: Readonly<Record<Language, readonly ((number: number) => string)[]>> = {
  es: [String, (number) => `la ${number} por favor`],
  en: [String, (number) => `option ${number}`],
  pt: [String, (number) => `opção ${number}`],
};
