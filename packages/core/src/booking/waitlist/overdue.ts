import { type Context, idFrom } from "../../platform/index.ts";
import { lapseOffer, lapseWish } from "./end.ts";
import { due } from "./waitlist.store.ts";
import { OfferEnded } from "./waitlist.ts";

/**
 * Ends the offers and the wishes whose time is up and returns the ids of their entries: for jobs, which make sure of
 * what an offer's own workflow does at its minute.
 *
 * One that cannot be ended keeps none of the others; it is thrown for when they are done.
 */
export async function lapseOverdue(context: Context): Promise<string[]> {
  const lapsed: string[] = [];
  const failures: unknown[] = [];
  for (const entry of await due(context, context.now())) {
    try {
      await (entry.offer ? lapseOffer(context, entry, entry.offer) : lapseWish(context, entry));
      lapsed.push(idFrom("entry", entry.appointmentId));
    } catch (error) {
      // Ended since the index was read.
      if (!(error instanceof OfferEnded)) failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} entries did not lapse`);
  return lapsed;
}
