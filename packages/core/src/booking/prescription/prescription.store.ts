import {
  type Context,
  type Found,
  type Instant,
  mark,
  NotFound,
  type Operation,
  refusedOrRepeated,
  repeated,
  Stale,
  type Write,
} from "../../platform/index.ts";
import { PrescriptionEntity } from "./prescription.entity.ts";
import { type Prescription, PrescriptionEnded } from "./prescription.ts";

/** The prescription as it stands now. Throws {@link NotFound}. */
export async function get(context: Context, prescriptionId: string): Promise<Prescription> {
  const found = await find(context, prescriptionId);
  if (!found) throw new NotFound("prescription", prescriptionId);
  return found;
}

export async function find(context: Context, prescriptionId: string): Promise<Prescription | undefined> {
  const { data } = await PrescriptionEntity.get({ prescriptionId }).go({
    ...context.table,
    consistent: true,
  });
  return data ?? undefined;
}

/** What was prescribed at a visit, in that order. */
export async function issuedAt(context: Context, appointmentId: string): Promise<Prescription[]> {
  const { data } = await PrescriptionEntity.query
    .issued({ appointmentId })
    .go({ ...context.table, pages: "all", hydrate: true });
  return data;
}

/** The write that keeps a new prescription. */
export const insert = (prescription: Prescription, operation: Operation): Write => ({
  action: "Put",
  change: PrescriptionEntity.create({ ...prescription, mark: operation.content }),
  refused: repeated(operation),
});

/** The write that ends one that goes on. */
export function end(
  prescription: Prescription,
  { endedAt, reason, operation }: { endedAt: Instant; reason: string; operation: Operation },
): Write {
  const { prescriptionId, appointmentId, organizationId, patientId, createdAt } = prescription;
  return {
    action: "Update",
    change: PrescriptionEntity.patch({ prescriptionId })
      .set({ status: "ended", endedAt, reason, changeMark: mark(operation) })
      .composite({ prescriptionId, appointmentId, organizationId, patientId, createdAt })
      .where(({ status }, { eq }) => eq(status, "active")),
    refused: (found) => refusedOrRepeated(operation, found?.cm, endedBefore(prescription, found)),
  };
}

const endedBefore = (prescription: Prescription, found: Found): Error =>
  found
    ? new PrescriptionEnded({ ...prescription, endedAt: found.endedAt as Instant })
    : new NotFound("prescription", prescription.prescriptionId);

/** The write that hands the reminders from `fromDose` on to another run. */
export const continued = ({ prescriptionId }: Prescription, fromDose: Instant): Write => ({
  action: "Update",
  change: PrescriptionEntity.patch({ prescriptionId })
    .set({ continuedFrom: fromDose })
    .where(
      ({ continuedFrom }, { notExists, lt }) =>
        `${notExists(continuedFrom)} OR ${lt(continuedFrom, fromDose)}`,
    ),
  refused: () => new Stale("prescription"),
});
