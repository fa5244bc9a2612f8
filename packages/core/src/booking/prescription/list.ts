import { type Actor, Audit, type Context, requireCareTeam } from "../../platform/index.ts";
import { get as reservationOf } from "../reservation/reservation.store.ts";
import { issuedAt } from "./prescription.store.ts";
import { type PrescriptionView, viewOf } from "./prescription.ts";

/** What was prescribed at a visit, oldest first; the reading is logged. Throws `not-found`, `forbidden`. */
export async function list(
  context: Context,
  actor: Actor,
  reservationId: string,
): Promise<PrescriptionView[]> {
  const { organizationId, appointmentId, profileId } = await reservationOf(context, reservationId);
  requireCareTeam(actor, { organizationId, profileId }, "reservation", reservationId);
  await Audit.read(context, actor, { organizationId, about: reservationId, what: "prescriptions" });
  const prescriptions = await issuedAt(context, appointmentId);
  return prescriptions.map((prescription) => viewOf(prescription, context.now()));
}
