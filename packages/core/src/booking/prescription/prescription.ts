import * as z from "zod";
import {
  type Instant,
  Instant as InstantSchema,
  idFrom,
  idOf,
  LocalDate,
  plus,
  Refusal,
  Zone,
} from "../../platform/schemas.ts";
import { type Course, courseOf, dosesFrom, durationIn, frequencyIn } from "./schedule/index.ts";
import type { Reading } from "./schedule/words.ts";

const PrescriptionStatus = z.enum(["active", "ended"]);
type PrescriptionStatus = z.infer<typeof PrescriptionStatus>;

/** A text that `read` understands; what it does not is answered with what it would. */
const readable = (read: (text: string) => Reading<unknown>) =>
  z
    .string()
    .trim()
    .min(1)
    .max(100)
    .superRefine((text, check) => {
      const reading = read(text);
      if ("problem" in reading) check.addIssue({ code: "custom", message: reading.problem });
    });

const medication = {
  medicationName: z.string().trim().min(1).max(200),
  dosage: z.string().trim().min(1).max(200).meta({ example: "1 tableta de 500 mg" }),
  instructions: z.string().trim().min(1).max(1000).optional(),
};

/** What is prescribed: the body of a new prescription. */
export const NewPrescription = z.strictObject({
  ...medication,
  frequency: readable(frequencyIn).meta({
    description:
      "How often, in English, Spanish or Portuguese: `every 8 hours`, `q8h`, `every 12h from 06:00`, `3 times a day`, `3x/day`, `twice daily at 08:00 and 20:00`, `08:00, 14:00, 20:00`, `every 2 days`, `once a week at 09:00`, or `as needed`, which is not reminded of. Hours are elapsed hours; times are those of the wall clock. Times a day are spread from 08:00 to 20:00.",
    example: "cada 8 horas",
  }),
  duration: readable(durationIn).meta({
    description:
      "How long from the first dose: `7 days`, `2 weeks`, `1 month`, or `ongoing`, which is a year",
    example: "7 días",
  }),
  startDate: LocalDate.optional().meta({ description: "Today when left out" }),
  timezone: Zone.optional().meta({ description: "Where the patient takes it; the practice's when left out" }),
});
export type NewPrescription = z.infer<typeof NewPrescription>;

export interface Prescription {
  readonly prescriptionId: string;
  /** Of the visit that it was issued at. */
  readonly appointmentId: string;
  readonly organizationId: string;
  readonly profileId: string;
  readonly patientId: string;
  readonly prescribedBy: string;
  /** Of the visit, for the timeline, which names no medication. */
  readonly serviceName: string;
  readonly medicationName: string;
  readonly dosage: string;
  readonly frequency: string;
  readonly duration: string;
  readonly startDate: LocalDate;
  readonly instructions?: string;
  readonly timezone: Zone;
  /** From the first dose to the end that was foreseen. */
  readonly start: Instant;
  readonly end: Instant;
  readonly createdAt: Instant;
  /** As it was left: one that is past its end has ended, whatever stands here. See {@link statusAt}. */
  readonly status: PrescriptionStatus;
  /** Set when somebody ended it early. */
  readonly endedAt?: Instant;
  readonly reason?: string;
  /** The dose from which on the last run reminds that took over from another. */
  readonly continuedFrom?: Instant;
  readonly mark?: string;
  readonly changeMark?: string;
}

/** It has ended, early or in its time: nothing can be done to it. */
export class PrescriptionEnded extends Refusal {
  constructor({ prescriptionId, endedAt, end }: Prescription) {
    super("prescription-ended", "This prescription has already ended.", {
      prescriptionId,
      endedAt: endedAt ?? end,
    });
  }
}

/** A prescription as the care team sees it. */
export const PrescriptionView = z.object({
  prescriptionId: idOf("prescription"),
  reservationId: idOf("reservation"),
  profileId: idOf("profile"),
  patientId: idOf("patient"),
  prescribedBy: z.string(),
  ...medication,
  frequency: z.string(),
  duration: z.string(),
  startDate: LocalDate,
  timezone: z.string(),
  status: PrescriptionStatus,
  nextDose: InstantSchema.optional(),
  endsAt: InstantSchema.meta({ description: "As foreseen: the duration after the first dose" }),
  createdAt: InstantSchema,
  endedAt: InstantSchema.optional().meta({ description: "When somebody ended it early" }),
  reason: z.string().optional(),
});
export type PrescriptionView = z.infer<typeof PrescriptionView>;

export const statusAt = ({ status, end }: Prescription, now: Instant): PrescriptionStatus =>
  status === "ended" || now >= end ? "ended" : "active";

/** The course that terms make. They were checked where they entered: throws for what cannot be read. */
export function courseFor(
  terms: Pick<Prescription, "frequency" | "duration" | "startDate" | "timezone" | "createdAt">,
): Course {
  const frequency = understood(frequencyIn(terms.frequency));
  const duration = understood(durationIn(terms.duration));
  return courseOf({ ...terms, frequency, duration });
}

function understood<T>(reading: Reading<T>): T {
  if ("problem" in reading) throw new Error("a prescription that cannot be read");
  return reading.value;
}

/** The doses at or after `from` that are to be taken as things stand at `now`; none once it has ended. */
export const dosesAt = (
  prescription: Prescription,
  now: Instant,
  { from, limit }: { from: Instant; limit: number },
): Instant[] =>
  statusAt(prescription, now) === "ended" ? [] : dosesFrom(courseFor(prescription), from, limit);

/** A reminder helps until so long after the dose's time; later it would be taken for the next one's. */
const TIMELY = { minutes: 20 };

export const isTimely = (dose: Instant, now: Instant): boolean => now <= plus(dose, TIMELY);

export function viewOf(prescription: Prescription, now: Instant): PrescriptionView {
  const [nextDose] = dosesAt(prescription, now, { from: now, limit: 1 });
  return {
    prescriptionId: prescription.prescriptionId,
    reservationId: idFrom("reservation", prescription.appointmentId),
    profileId: prescription.profileId,
    patientId: prescription.patientId,
    prescribedBy: prescription.prescribedBy,
    medicationName: prescription.medicationName,
    dosage: prescription.dosage,
    frequency: prescription.frequency,
    duration: prescription.duration,
    startDate: prescription.startDate,
    instructions: prescription.instructions,
    timezone: prescription.timezone,
    status: statusAt(prescription, now),
    nextDose,
    endsAt: prescription.end,
    createdAt: prescription.createdAt,
    endedAt: prescription.endedAt,
    reason: prescription.reason,
  };
}
