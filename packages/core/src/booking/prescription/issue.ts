import {
  type Actor,
  type Context,
  commit,
  Invalid,
  idFrom,
  localDateOf,
  madeOnce,
  nameOf,
  nextDate,
  type Operation,
  Outbox,
  type PracticeOf,
  requireCareTeam,
} from "../../platform/index.ts";
import { get as reservationOf } from "../reservation/reservation.store.ts";
import { find, insert } from "./prescription.store.ts";
import {
  courseFor,
  type NewPrescription,
  type Prescription,
  type PrescriptionView,
  viewOf,
} from "./prescription.ts";

/** A first day is at most so far ahead. */
const DAYS_AHEAD = 365;

/**
 * Prescribes at a visit. Never changed: a correction is a new prescription, and the wrong one is ended.
 *
 * A repeated operation answers with the prescription it made. Throws `invalid` for what would begin in more than a year
 * or be over already, `not-found`, `forbidden`, `idempotency-key-reused`.
 */
export async function issue(
  context: Context,
  actor: Actor,
  practiceOf: PracticeOf,
  input: NewPrescription,
  { reservationId, operation }: { reservationId: string; operation: Operation },
): Promise<PrescriptionView> {
  const reservation = await reservationOf(context, reservationId);
  const { appointmentId, organizationId, profileId, patientId, serviceName } = reservation;
  requireCareTeam(actor, reservation, "reservation", reservationId);
  const prescriptionId = idFrom("prescription", operation.id);
  const now = context.now();
  const practice = await practiceOf(context, profileId);
  const { timezone = practice.timezone, startDate = localDateOf(now, timezone), ...medication } = input;

  const issued = async (): Promise<Prescription> => {
    const { start, end } = courseFor({ ...medication, timezone, startDate, createdAt: now });
    if (startDate > nextDate(localDateOf(now, timezone), DAYS_AHEAD)) {
      throw new Invalid("/startDate", "is more than a year ahead");
    }
    if (end <= now) throw new Invalid("/duration", "is over already, counted from the start date");
    const prescription: Prescription = {
      ...{ prescriptionId, appointmentId, organizationId, profileId, patientId, serviceName },
      prescribedBy: nameOf(actor),
      ...medication,
      ...{ timezone, startDate, start, end, createdAt: now, status: "active" },
    };
    await commit(context, [
      insert(prescription, operation),
      Outbox.tell(context, actor, {
        organizationId,
        about: prescriptionId,
        events: ["prescription/created"],
        data: {
          ...{ prescriptionId, reservationId, profileId },
          patientName: reservation.patientName,
          patientPhone: reservation.patientPhone,
          ...medication,
          ...{ startDate, timezone },
        },
      }),
    ]);
    return prescription;
  };
  return viewOf(await madeOnce(operation, issued, () => find(context, prescriptionId)), now);
}
