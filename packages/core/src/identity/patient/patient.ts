import * as z from "zod";
import { Instant, idOf, Language, LocalDate } from "../../platform/schemas.ts";

export const Patient = z.object({
  patientId: idOf("patient"),
  organizationId: idOf("organization"),
  patientName: z.string().min(1).max(120),
  patientPhone: z.e164(),
  patientEmail: z.email().max(200).optional(),
  language: Language,
  birthDate: LocalDate.optional(),
  createdAt: Instant,
  /** Rises with every edit; the entity tag. */
  version: z.int(),
});

export type Patient = z.infer<typeof Patient>;

/**
 * What staff may correct. Not the phone: a patient is recognised by name and phone, and another phone books as
 * another patient until the clinic merges them.
 */
export const PatientEdit = z.strictObject({
  patientName: Patient.shape.patientName.optional(),
  patientEmail: z.email().max(200).nullable().optional(),
  language: Language.optional(),
  birthDate: LocalDate.nullable().optional(),
});

export type PatientEdit = z.infer<typeof PatientEdit>;

/** A name without accents, case and doubled spaces: "José  Pérez" and "jose perez" are one. */
export const foldedName = (name: string): string =>
  name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();
