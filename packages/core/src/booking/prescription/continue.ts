import { type Context, commit, type Instant, Outbox } from "../../platform/index.ts";
import { continued, get } from "./prescription.store.ts";

/**
 * Has another run remind of the doses from `fromDose` on: one has an end, and reminders of a year may have more.
 *
 * May be repeated, also long after: what was handed on once is not handed on again. Throws `not-found`.
 */
export async function continueFrom(
  context: Context,
  prescriptionId: string,
  fromDose: Instant,
): Promise<void> {
  const prescription = await get(context, prescriptionId);
  const { organizationId, profileId, continuedFrom } = prescription;
  if (continuedFrom !== undefined && continuedFrom >= fromDose) return;
  await commit(context, [
    continued(prescription, fromDose),
    Outbox.tell(
      context,
      { kind: "system" },
      {
        organizationId,
        about: prescriptionId,
        events: ["prescription/continued"],
        data: { prescriptionId, profileId, fromDose },
      },
    ),
  ]);
}
