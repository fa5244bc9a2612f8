import type { BookingPolicy } from "../../platform/index.ts";

/** A policy as numbers alone: rows stay below the kilobyte that one write unit pays for. */
const packed = (policy?: BookingPolicy) =>
  policy && [
    policy.holdMinutes,
    policy.changeNoticeHours,
    policy.refundPercent,
    Number(policy.lateCancel),
    ...policy.reminderHours,
  ];

const unpacked = (numbers?: number[]): BookingPolicy | undefined => {
  if (!numbers) return undefined;
  const [holdMinutes, changeNoticeHours, refundPercent, lateCancel, ...reminderHours] = numbers;
  return {
    holdMinutes: holdMinutes!,
    changeNoticeHours: changeNoticeHours!,
    refundPercent: refundPercent!,
    lateCancel: lateCancel === 1,
    reminderHours,
  };
};

/**
 * The attributes that request and reservation rows share, under the names that the indexes copy: short ones, since a
 * name is paid for with every row.
 */
export const appointmentColumns = {
  appointmentId: { type: "string", required: true, readOnly: true, label: "a", field: "apt" },
  organizationId: { type: "string", required: true, readOnly: true, label: "o", field: "org" },
  profileId: { type: "string", required: true, readOnly: true, label: "p", field: "prf" },
  patientId: { type: "string", required: true, readOnly: true, label: "n", field: "pat" },
  patientName: { type: "string", required: true, field: "pn" },
  patientPhone: { type: "string", required: true, field: "tel" },
  patientEmail: { type: "string", field: "em" },
  language: { type: ["es", "en", "pt"] as const, required: true, field: "lg" },
  serviceId: { type: "string", required: true, field: "svc" },
  serviceName: { type: "string", required: true, field: "sn" },
  slotServiceId: { type: "string" },
  start: { type: "string", required: true, label: "s" },
  end: { type: "string", required: true },
  bufferBefore: { type: "number", required: true, field: "bb" },
  bufferAfter: { type: "number", required: true, field: "ba" },
  group: { type: "boolean" },
  price: { type: "number", required: true, field: "prc" },
  currency: { type: "string", required: true, field: "cur" },
  urgencyLevel: { type: ["low", "normal", "high", "urgent"] as const, required: true, field: "urgency" },
  source: { type: ["whatsapp", "web", "phone"] as const, required: true, field: "src" },
  policy: { type: "any", required: true, field: "pol", set: packed, get: unpacked },
  createdAt: { type: "string", required: true, readOnly: true, label: "t", field: "made" },
  mark: { type: "string" },
} as const;

/** What is told about the illness, beside the appointment that it was told for. */
export const clinicalColumns = {
  chiefComplaint: { type: "string" },
  symptoms: { type: "string" },
  medicalHistory: { type: "string" },
  currentMedications: { type: "string" },
  allergies: { type: "string" },
} as const;
