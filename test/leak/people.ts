import type { Client } from "@turno/client";

type Details = Omit<Parameters<Client["createRequest"]>[0]["body"], "slotId" | "serviceId">;

/** Patients whose every word is found nowhere else. */
export const people = {
  xochitl: {
    patientName: "Xóchitl Quetzalcóatl",
    patientPhone: "+525543219871",
    patientEmail: "xochitl.q@correo.test",
    language: "es",
    chiefComplaint: "Migraña con aura desde el martes",
    symptoms: "Fotofobia intensa",
    medicalHistory: "Cesárea en 2031",
    currentMedications: "Sumatriptán 50 mg",
    allergies: "Penicilina y mariscos",
    urgencyLevel: "high",
  },
  teofilo: {
    patientName: "Teófilo Ñandú",
    patientPhone: "+525543219872",
    patientEmail: "teofilo@correo.test",
    language: "pt",
    chiefComplaint: "Dolor lumbar al cargar",
  },
  nayeli: {
    patientName: "Nayeli Ixchel",
    patientPhone: "+525543219873",
    language: "en",
    chiefComplaint: "Palpitaciones nocturnas",
  },
  citlali: {
    patientName: "Citlali Tzintzun",
    patientPhone: "+525543219874",
    chiefComplaint: "Vértigo posicional",
  },
  itzel: {
    patientName: "Itzel Papalotl",
    patientPhone: "+525543219875",
    patientEmail: "itzel.papalotl@correo.test",
    chiefComplaint: "Insomnio crónico",
  },
} as const satisfies Record<string, Details>;

/** What people write to each other about it. */
export const words = {
  approval: "Traer el electroencefalograma",
  move: "Me operan de la vesícula",
  cancel: "Me mudo a Zacatecas",
  withdrawal: "Ya fui con un neurólogo",
  rejection: "Corresponde a traumatología",
  note: "Presión 190 sobre 110",
  completion: "Se sospecha epilepsia",
  medication: "Topiramato Quetzal 25",
  dosage: "Media tableta ranurada",
  instructions: "Suspender si hay visión doble",
  ending: "Parestesias en ambas manos",
} as const;

const details = Object.values(people).flatMap(({ patientName, ...others }) => [
  patientName,
  // A part of a name tells as well; a short one is found in any ciphertext that is long enough.
  ...patientName.split(" ").filter((part) => part.length >= 7),
  ...Object.entries(others)
    .filter(([field]) => field !== "language" && field !== "urgencyLevel")
    .map(([, value]) => value),
]);

const secrets: readonly string[] = [...details, ...Object.values(words)];

/** A link opens a visit to whoever has it. */
const LINK = /lnk_[\w-]+\.[\w-]{43}/g;

const folded = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** The ways in which a text may show: without accents and capitals, in an address, in JSON, in base64. */
const formsOf = (secret: string): string[] => [
  folded(secret),
  folded(encodeURIComponent(secret)),
  folded(secret.replace("+", "")),
  folded(
    JSON.stringify(secret).replace(
      /[^\x20-\x7e]/g,
      (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ),
  ),
  Buffer.from(secret).toString("base64url").slice(0, -2).toLowerCase(),
];

/** The secrets of patients that a text gives away, with what is around them. */
export function leaksIn(text: string): string[] {
  const searched = folded(text);
  const told = secrets.flatMap((secret) =>
    formsOf(secret).flatMap((form) => {
      const found = searched.indexOf(form);
      return found < 0 ? [] : [`${secret}: …${searched.slice(Math.max(0, found - 120), found + 120)}…`];
    }),
  );
  return [...told, ...(text.match(LINK) ?? [])];
}
