import type { Context } from "../../platform/index.ts";
import { clinicOf } from "./clinic.ts";
import { unwrapped } from "./retry-event.ts";
import { keep, noteRetry, STAGE } from "./run.store.ts";
import type { Ended } from "./run.ts";

/**
 * Writes a run that has ended into the log of the clinic that it was for, and beside the run that it repeated.
 *
 * May be repeated, and told by several events: a run is one line.
 */
export async function record(context: Context, ended: Ended): Promise<void> {
  const [first] = ended.triggers.map(unwrapped);
  const owner = (first && (await clinicOf(context, first.data))) ?? STAGE;
  const retryStatus = await keep(context, owner, ended);
  if (first?.retryOf) await noteRetry(context, first.retryOf, { retriedAs: ended.runId, retryStatus });
}
