import {
  type Actor,
  type Context,
  commit,
  isRepeat,
  type Operation,
  Outbox,
  onceOnly,
  requireCareTeam,
} from "../../platform/index.ts";
import * as Store from "./prescription.store.ts";
import { PrescriptionEnded, type PrescriptionView, statusAt, viewOf } from "./prescription.ts";

/**
 * Ends a prescription before its time.
 *
 * A repeated operation answers as before. Throws {@link PrescriptionEnded}, `not-found`, `forbidden`.
 */
export async function end(
  context: Context,
  actor: Actor,
  { prescriptionId, reason, operation }: { prescriptionId: string; reason: string; operation: Operation },
): Promise<PrescriptionView> {
  const prescription = await Store.get(context, prescriptionId);
  requireCareTeam(actor, prescription, "prescription", prescriptionId);
  const now = context.now();
  if (isRepeat(operation, prescription.changeMark)) return viewOf(prescription, now);
  if (statusAt(prescription, now) === "ended") throw new PrescriptionEnded(prescription);
  const { organizationId, profileId } = prescription;
  const ended = async () => {
    await commit(context, [
      Store.end(prescription, { endedAt: now, reason, operation }),
      Outbox.tell(context, actor, {
        organizationId,
        about: prescriptionId,
        events: ["prescription/ended"],
        data: { prescriptionId, profileId, endedAt: now },
      }),
    ]);
    return viewOf({ ...prescription, status: "ended", endedAt: now, reason }, now);
  };
  return onceOnly(ended, async () => viewOf(await Store.get(context, prescriptionId), now));
}
