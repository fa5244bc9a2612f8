import { describe, expect, test } from "vitest";
import { stopAnswers, visitAnswers } from "../template/answers.ts";
import { replies } from "../template/replies.ts";
import { type Meaning, understand } from "./index.ts";

const textsOf = (name: string) => replies[name as keyof typeof replies].texts;

const said = (text: string): string => {
  const meaning: Meaning = understand(text);
  return meaning.kind === "choice" ? `${meaning.number}` : meaning.kind;
};

const understood: Record<string, readonly string[]> = {
  confirm: [
    ...[
      "Sí",
      "si",
      "SI",
      "Sí!",
      "sii",
      "Si, gracias",
      "ok",
      "Ok 👍",
      "OK, muchas gracias doctora",
      "👍",
      "👍🏽",
      "✅",
    ],
    ...[
      "Confirmo",
      "confirmo mi cita",
      "Sí, confirmo",
      "Hola, confirmo mi asistencia. Saludos",
      "Ahí estaré",
      "dale",
    ],
    ...[
      "Claro que sí, ahí estaremos",
      "Buenos días, sí voy",
      "de acuerdo",
      "Perfecto, gracias",
      "Sí asistiré",
    ],
    ...[
      "Yes",
      "yes please",
      "Y",
      "Yep, I'll be there",
      "Confirmed, thank you!",
      "I confirm my appointment",
      "Sure",
    ],
    ...["Sounds good, thanks", "I can make it", "see you there 😊"],
    ...[
      "Sim",
      "SIM!",
      "sim, obrigada",
      "Confirmado",
      "Com certeza",
      "Pode confirmar",
      "Estarei lá",
      "Bom dia! Vou sim",
    ],
    ...["combinado", "ok obrigado"],
  ],
  cancel: [
    ...[
      "Cancelar",
      "CANCELAR",
      "cancelar por favor",
      "No puedo ir",
      "Hola, no puedo ir. Disculpe",
      "no podré asistir",
    ],
    ...[
      "Quiero cancelar mi cita",
      "Buenas tardes, necesito cancelar la cita por favor",
      "Sí, cancelar",
      "anular",
    ],
    ...["No voy a poder ir, lo siento", "¿Pueden cancelar mi cita?", "cancelenla porfa", "no iré"],
    ...[
      "Cancel",
      "cancel please",
      "I can't make it",
      "I can’t make it, sorry!",
      "I need to cancel my appointment",
    ],
    ...[
      "Could you please cancel my appointment?",
      "Yes, cancel it",
      "Hi, I won't be able to make it. Thank you",
    ],
    ...[
      "Não posso ir",
      "nao vou poder ir",
      "Desmarcar",
      "Quero cancelar minha consulta",
      "Podem desmarcar, por favor?",
    ],
    ...["Boa tarde, não vou conseguir ir", "pode cancelar"],
  ],
  reschedule: [
    ...[
      "Cambiar",
      "cambiar mi cita",
      "Quiero cambiar la fecha",
      "¿Puedo cambiar mi cita?",
      "Reprogramar",
      "reagendar",
    ],
    ...[
      "Hola, ¿se puede mover la cita?",
      "No puedo ir, quiero reprogramar",
      "otro día por favor",
      "Sí, cambiar",
    ],
    ...["¿Podrían cambiar la hora?"],
    ...[
      "Reschedule",
      "Can I reschedule?",
      "I can't make it, can we reschedule?",
      "I'd like to change my appointment",
    ],
    ...["change the time please", "another day?"],
    ...[
      "Remarcar",
      "Quero remarcar minha consulta",
      "Posso trocar o horário?",
      "Não posso ir, podem remarcar?",
    ],
    ...["outro dia, por favor", "Bom dia, gostaria de mudar o horário"],
  ],
  stop: [
    ...[
      "STOP",
      "Stop.",
      "stop please",
      "unsubscribe",
      "revoke",
      "Please stop texting me",
      "BAJA",
      "Darme de baja por favor",
    ],
    ...[
      "No quiero recibir más mensajes",
      "no me escriban más",
      "PARAR",
      "Sair",
      "Não quero receber mensagens",
    ],
  ],
  start: ["START", "unstop", "ALTA", "Iniciar", "começar", "quiero recibir mensajes"],
  help: ["HELP", "help!", "Ayuda", "ayuda por favor", "AJUDA", "info", "Opciones"],
  "1": [
    "1",
    "1.",
    " 1 ",
    "1️⃣",
    "la 1",
    "opción 1",
    "Uno",
    "el primero",
    "The first one",
    "option 1 please",
    "um",
  ],
  "2": [
    "2",
    "la 2 por favor",
    "Opción 2, gracias",
    "two",
    "a opção 2",
    "dois",
    "quiero la 2",
    "I'll take 2",
    "o segundo",
  ],
  "3": ["3", "(3)", "número 3", "third", "la tercera", "três", "Hola, la 3", "opção três"],
};

describe.each(Object.entries(understood))("%s is what is meant by", (meaning, texts) => {
  test.each(texts)("%s", (text) => {
    expect(said(text)).toBe(meaning);
  });
});

describe("a person has to read", () => {
  test.each([
    // What only contains a word.
    "¿Debo cancelar mi medicamento antes de ir?",
    "Mi hijo dice que sí puede pero yo no sé",
    "I might have to cancel if my fever gets worse",
    "Si no puedo ir, ¿me devuelven el dinero?",
    "Si no puedo ir",
    "ok pero llego 10 minutos tarde",
    "Stop taking the pills made me feel worse",
    "Não sei se posso ir, te aviso amanhã",
    "Sim, mas preciso chegar mais tarde",
    "Necesito cambiar mi medicamento",
    "quiero confirmar si la doctora recibe seguro",
    "Cancelé el miércoles la otra, ésta no",
    // Two things at once, or their opposite.
    "no cancelar",
    "No quiero cancelar",
    "don't cancel my appointment",
    "não cancelar",
    "confirmo o cancelo",
    "confirmo, cancelar",
    "no confirmo",
    "stop cancelar",
    "No",
    "não",
    "no gracias",
    // Questions that would act.
    "¿Puedo cancelar?",
    "can i cancel my appointment",
    "Cancelada?",
    "confirmada?",
    "¿está confirmada mi cita?",
    "Could you confirm my appointment?",
    "¿Pueden confirmar mi cita?",
    "¿Puedo ir?",
    "ok?",
    // Who needs somebody.
    "Necesito ayuda",
    "I need help please",
    "Me duele mucho el pecho",
    "estoy sangrando",
    "help me I fell",
    // Not about the visit.
    "Hola",
    "Buenos días",
    "Gracias",
    "Obrigada!",
    "quiero una cita",
    "mi cita",
    "🙏",
    "😢",
    "",
    "   ",
    "...",
    "?",
    // Numbers that choose nothing.
    "a las 3",
    "3 de la tarde",
    "1 2",
    "10",
    "0",
    "no quiero la 1",
    "segunda",
    "Na segunda",
    "1 hora tarde",
    "tengo 2 hijos",
    "5512345678",
    // A phrase of ten thousand signs.
    "si ".repeat(4000),
  ])("%s", (text) => {
    expect(said(text)).toBe("unclear");
  });
});

test("a text written with decomposed accents or wide letters is the same text", () => {
  expect(said("Si\u0301")).toBe("confirm");
  expect(said("ｏｋ")).toBe("confirm");
  expect(said("NÃO POSSO IR".normalize("NFD"))).toBe("cancel");
});

test("every word that messages tell patients to answer with is understood", () => {
  const texts = [visitAnswers, stopAnswers, ...["reply_help", "reply_stopped", "reply_started"].map(textsOf)];
  const words = texts.flatMap((text) => JSON.stringify(text).match(/\b[A-ZÇÃ][A-ZÇÃ' ]{2,}[A-ZÇÃ]\b/g) ?? []);
  expect(new Set(words).size).toBeGreaterThan(8);
  expect(words.filter((word) => said(word) === "unclear")).toEqual([]);
});
