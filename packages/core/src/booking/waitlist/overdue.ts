import { type Context, idFrom } from "../../platform/index.ts";
import { endEach } from "../appointment/overdue.ts";
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
  const lapsed = await endEach(
    await due(context, context.now()),
    (entry) => (entry.offer ? lapseOffer(context, entry, entry.offer) : lapseWish(context, entry)),
    OfferEnded,
  );
  return lapsed.map(({ appointmentId }) => idFrom("entry", appointmentId));
}
