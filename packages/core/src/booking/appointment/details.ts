import * as z from "zod";
import { Source, Urgency } from "../../platform/events/index.ts";
import { type BookingPolicy, type Instant, Language } from "../../platform/schemas.ts";
import { SlotId, slotIdOf } from "../../scheduling/schemas.ts";

/** Who wishes to come: as given by whoever asks, clinical details apart. */
export const PatientDetails = z.strictObject({
  patientName: z.string().trim().min(1).max(120),
  patientPhone: z.e164().meta({ description: "E.164", example: "+525512345678" }),
  patientEmail: z.email().max(200).optional(),
  language: Language.default("es"),
});

/** What is told about the illness: read only by the care team, sealed when it leaves the table. */
export const ClinicalDetails = z.strictObject({
  chiefComplaint: z.string().max(500).optional(),
  symptoms: z.string().max(1000).optional(),
  medicalHistory: z.string().max(2000).optional(),
  currentMedications: z.string().max(1000).optional(),
  allergies: z.string().max(500).optional(),
});
export type ClinicalDetails = z.infer<typeof ClinicalDetails>;

/** The clinical part of something that has more. */
export const clinicalOf = (of: ClinicalDetails): ClinicalDetails => {
  const { chiefComplaint, symptoms, medicalHistory, currentMedications, allergies } = of;
  return { chiefComplaint, symptoms, medicalHistory, currentMedications, allergies };
};

/** A wish for a slot: the body of a request, and of a booking by staff. */
export const NewAppointment = z.strictObject({
  slotId: SlotId,
  serviceId: z.string(),
  ...PatientDetails.shape,
  ...ClinicalDetails.shape,
  urgencyLevel: Urgency.default("normal"),
  source: Source.default("web"),
});
export type NewAppointment = z.infer<typeof NewAppointment>;

/** What a request and the reservation that it becomes have in common. */
export interface Appointment {
  /** A ULID; the request's and the reservation's id share it, and the ledger names it as owner. */
  readonly appointmentId: string;
  readonly organizationId: string;
  readonly profileId: string;
  readonly patientId: string;
  readonly patientName: string;
  readonly patientPhone: string;
  readonly patientEmail?: string;
  readonly language: Language;
  readonly serviceId: string;
  readonly serviceName: string;
  /** Of the slot it sits in, where a doctor approved another service at the same time. */
  readonly slotServiceId?: string;
  readonly start: Instant;
  readonly end: Instant;
  readonly bufferBefore: number;
  readonly bufferAfter: number;
  readonly group?: boolean;
  readonly price: number;
  readonly currency: string;
  readonly urgencyLevel: Urgency;
  readonly source: Source;
  readonly policy: BookingPolicy;
}

/** The slot that an appointment sits in. */
export const slotIdFor = ({ profileId, start, serviceId, slotServiceId }: Appointment): string =>
  slotIdOf({ profileId, start, serviceId: slotServiceId ?? serviceId });
