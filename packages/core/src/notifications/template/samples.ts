import type { Language } from "../../platform/schemas.ts";
import type { TemplateName, templates } from "./templates.ts";
import type { Value } from "./variables.ts";

/** Of any template. */
type VariableName = {
  [Name in TemplateName]: keyof (typeof templates)[Name]["variables"];
}[TemplateName];

/** The clinic's wall clock in the samples. */
export const samplePlace = { zone: "America/Mexico_City" };

// 09:00 and 10:30 in Mexico City.
const morning = "2026-12-03T15:00:00.000Z";
const nextMorning = "2026-12-04T16:30:00.000Z";

const inAnyLanguage = {
  alternatives: [morning, nextMorning],
  amount: { amount: 20_000, currency: "MXN" },
  appointmentTime: morning,
  assigneeName: "Julia Ríos",
  bookings: 120,
  bookingsBefore: 110,
  building: "B",
  cancelledBy: "patient",
  clinicAddress: "Av. Reforma 10",
  clinicName: "Clínica Sol",
  clinicPhone: "+52 55 1234 5678",
  completedYesterday: 7,
  conflicts: [morning, nextMorning],
  date: "2026-12-03",
  doctorName: "Dra. Luna",
  doseTime: morning,
  dueAt: morning,
  expiresAt: "2026-12-03T01:00:00.000Z",
  expiresOn: "2026-12-31",
  fillRate: 0.82,
  fillRateBefore: 0.75,
  floor: "4",
  from: "2026-11-23",
  link: "https://clinica-sol.example/visit",
  newAppointmentTime: nextMorning,
  newDuration: 45,
  newPrice: { amount: 60_000, currency: "MXN" },
  noShowRate: 0.06,
  noShowRateBefore: 0.08,
  noShowsYesterday: 1,
  office: "402",
  oldAppointmentTime: morning,
  patientName: "Ana Torres",
  pendingRequests: 3,
  recipientName: "Marta Gil",
  refund: { amount: 60_000, currency: "MXN" },
  responseTime: 95,
  responseTimeBefore: 140,
  revenue: { amount: 4_500_000, currency: "MXN" },
  revenueBefore: { amount: 4_120_000, currency: "MXN" },
  sessionsLeft: 3,
  severity: "MODERATE",
  timeLeft: 30,
  timeOverdue: 75,
  times: [morning, nextMorning, "2026-12-07T15:00:00.000Z"],
  until: "2026-11-29",
  urgency: "normal",
  visitCount: 2,
  visits: [
    { at: morning, text: "Dra. Luna" },
    { at: nextMorning, text: "Dr. Paz" },
  ],
  wish: "cancel",
} as const;

const written: Readonly<
  Record<Language, Readonly<Record<Exclude<VariableName, keyof typeof inAnyLanguage>, Value>>>
> = {
  es: {
    action: "Llamar al paciente",
    agenda: [
      { at: morning, text: "Ana Torres, fisioterapia" },
      { at: nextMorning, text: "Luis Vega, consulta" },
    ],
    complaint: "Dolor de espalda",
    dosage: "1 tableta",
    instructions: "Con un vaso de agua",
    medication: "Ibuprofeno 400 mg",
    notes: "Trae tus estudios",
    oldServiceName: "Consulta general",
    parking: "En el sótano, con boleto",
    preparation: "Ven en ayunas",
    questions: ["¿Dormiste bien?", "¿Pudiste caminar?"],
    reason: "La doctora estará de viaje",
    reasons: ["No respondió al segundo intento"],
    serviceName: "Fisioterapia",
    voucherName: "10 sesiones de fisioterapia",
  },
  en: {
    action: "Call the patient",
    agenda: [
      { at: morning, text: "Ana Torres, physiotherapy" },
      { at: nextMorning, text: "Luis Vega, consultation" },
    ],
    complaint: "Back pain",
    dosage: "1 tablet",
    instructions: "With a glass of water",
    medication: "Ibuprofen 400 mg",
    notes: "Bring your test results",
    oldServiceName: "General consultation",
    parking: "In the basement, with a ticket",
    preparation: "Please come fasting",
    questions: ["Did you sleep well?", "Could you walk?"],
    reason: "The doctor will be away",
    reasons: ["No answer to the second message"],
    serviceName: "Physiotherapy",
    voucherName: "10 sessions of physiotherapy",
  },
  pt: {
    action: "Ligar para o paciente",
    agenda: [
      { at: morning, text: "Ana Torres, fisioterapia" },
      { at: nextMorning, text: "Luis Vega, consulta" },
    ],
    complaint: "Dor nas costas",
    dosage: "1 comprimido",
    instructions: "Com um copo de água",
    medication: "Ibuprofeno 400 mg",
    notes: "Traga seus exames",
    oldServiceName: "Consulta geral",
    parking: "No subsolo, com tíquete",
    preparation: "Venha em jejum",
    questions: ["Você dormiu bem?", "Conseguiu caminhar?"],
    reason: "A médica estará viajando",
    reasons: ["Não respondeu à segunda mensagem"],
    serviceName: "Fisioterapia",
    voucherName: "10 sessões de fisioterapia",
  },
};

/** An example of every variable, as whoever approves a template wants to see them. */
export const samplesIn = (language: Language): Readonly<Record<VariableName, Value>> => ({
  ...inAnyLanguage,
  ...written[language],
});
