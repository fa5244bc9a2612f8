import { Intake } from "@turno/core/notifications";
import type { Office } from "./receiver.ts";

/** Keeps a call that makes no sense here, for whoever runs the stage to look at. */
export async function park(
  { context, measure }: Office,
  provider: string,
  misfits: readonly string[],
  body: Buffer,
): Promise<void> {
  await Intake.park(context, {
    provider,
    reason: [...new Set(misfits)].slice(0, 5).join("; "),
    body: body.toString("utf8"),
  });
  measure?.({ WebhooksParked: misfits.length });
}
