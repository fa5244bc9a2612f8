import {
  type Actor,
  type Context,
  commit,
  idFrom,
  isRepeat,
  type Operation,
  Outbox,
  onceOnly,
  requireParty,
} from "../../platform/index.ts";
import { Claim, Slot } from "../../scheduling/index.ts";
import { freedBy } from "../appointment/appointment.ts";
import { NotDue } from "../request/expire.ts";
import { factAbout } from "./fact.ts";
import { endOffer, endWait, get } from "./waitlist.store.ts";
import {
  type Entry,
  type EntryStatus,
  liveOffer,
  type Offer,
  OfferEnded,
  offerKeyOf,
  statusAt,
} from "./waitlist.ts";

const system: Actor = { kind: "system" };

/** The claim that an offer holds, as a pending request does. */
export const claimOf = (entry: Entry, offer: Offer) => ({
  profileId: entry.profileId,
  serviceId: entry.serviceId,
  start: offer.start,
  end: offer.end,
  bufferBefore: offer.bufferBefore,
  bufferAfter: offer.bufferAfter,
  group: offer.group,
  owner: entry.appointmentId,
  heldUntil: offer.expiresAt,
});

type Reason = "cancelled" | "expired" | "rejected";

interface Ending {
  readonly event: "waitlist/declined" | "waitlist/lapsed" | "waitlist/left";
  /** Why the time is free again, in the words of `slot/released`. */
  readonly reason: Reason;
  readonly when: "open" | "over" | "either";
  readonly operation?: Operation;
}

/** Ends an offer that is not taken: its time is free in the same write, which starts the round for the next one. */
async function giveUp(
  context: Context,
  actor: Actor,
  entry: Entry,
  offer: Offer,
  { event, reason, when, operation }: Ending,
): Promise<void> {
  const to = event === "waitlist/left" ? "left" : "waiting";
  const told = Outbox.tell(context, actor, {
    organizationId: entry.organizationId,
    about: idFrom("entry", entry.appointmentId),
    events: [event, "slot/released"],
    data: {
      ...factAbout(entry, offer),
      ...{ slotId: slotIdOf(entry, offer), startTime: offer.start, ...freedBy(offer), reason },
    },
  });
  const given = () =>
    Claim.seated(context, { before: claimOf(entry, offer) }, (seats) =>
      commit(context, [
        ...endOffer(entry, offer, { to, when, at: context.now(), operation }),
        ...Claim.writes(seats.before, undefined),
        told,
      ]),
    );
  await onceOnly(given, async () => undefined);
}

const slotIdOf = (entry: Entry, { start }: Offer): string => Slot.slotIdOf({ ...entry, start });

/** The entry and the offer that an id names, while it can still be accepted. Throws {@link OfferEnded}, `not-found`. */
export function requireOffer(context: Context, entry: Entry, offerId: string): Offer {
  const offer = liveOffer(entry, context.now());
  if (offer?.start === offerKeyOf(offerId).start) return offer;
  throw new OfferEnded(idFrom("entry", entry.appointmentId), statusAt(entry, context.now()));
}

interface Answer {
  readonly offerId: string;
  readonly operation: Operation;
}

/**
 * Turns an offer down and goes on waiting for another time. Answers what has become of the entry.
 *
 * A repeated operation does nothing. Throws {@link OfferEnded}, `not-found`, `forbidden`.
 */
export async function decline(
  context: Context,
  actor: Actor,
  { offerId, operation }: Answer,
): Promise<{ entryId: string; status: EntryStatus }> {
  const { entryId } = offerKeyOf(offerId);
  const entry = await get(context, entryId);
  requireParty(actor, entry, "offer", offerId);
  if (isRepeat(operation, entry.offerMark)) return { entryId, status: statusAt(entry, context.now()) };
  const offer = requireOffer(context, entry, offerId);
  await giveUp(context, actor, entry, offer, {
    ...{ event: "waitlist/declined", reason: "rejected", when: "open", operation },
  });
  return { entryId, status: statusAt({ ...entry, status: "waiting" }, context.now()) };
}

/** The offer that an id names, open or over. Throws {@link OfferEnded}. */
function offerOf(entry: Entry, offerId: string): Offer {
  if (entry.offer && entry.offer.start === offerKeyOf(offerId).start) return entry.offer;
  throw new OfferEnded(idFrom("entry", entry.appointmentId), entry.status);
}

/**
 * Ends an offer whose time is up.
 *
 * Throws {@link OfferEnded} when something else won, `not-found`, and {@link NotDue} before its time.
 */
export async function lapse(context: Context, offerId: string): Promise<void> {
  const entry = await get(context, offerKeyOf(offerId).entryId);
  const offer = offerOf(entry, offerId);
  if (offer.expiresAt > context.now()) throw new NotDue(offerId, offer.expiresAt);
  await lapseOffer(context, entry, offer);
}

export const lapseOffer = (context: Context, entry: Entry, offer: Offer): Promise<void> =>
  giveUp(context, system, entry, offer, { event: "waitlist/lapsed", reason: "expired", when: "over" });

/** Takes back an offer that cannot be brought to whom it was made. Throws {@link OfferEnded}, `not-found`. */
export async function withdraw(context: Context, offerId: string): Promise<void> {
  const entry = await get(context, offerKeyOf(offerId).entryId);
  await giveUp(context, system, entry, offerOf(entry, offerId), {
    ...{ event: "waitlist/lapsed", reason: "cancelled", when: "either" },
  });
}

/** Takes somebody off the list whose last day has gone by. */
export const lapseWish = (context: Context, entry: Entry): Promise<void> =>
  commit(context, [
    ...endWait(entry, "lapsed"),
    Outbox.tell(context, system, {
      organizationId: entry.organizationId,
      about: idFrom("entry", entry.appointmentId),
      events: ["waitlist/lapsed"],
      data: factAbout(entry),
    }),
  ]);

const ROUNDS = 5;

/**
 * Leaves the list, and gives up what is offered. Who has left before, or waits no longer, may leave again.
 *
 * Throws {@link OfferEnded} when an offer was accepted, `not-found`, `forbidden`.
 */
export async function leave(context: Context, actor: Actor, entryId: string): Promise<void> {
  for (let round = 1; ; round++) {
    const entry = await get(context, entryId);
    requireParty(actor, entry, "entry", entryId);
    if (entry.status === "left" || entry.status === "lapsed") return;
    if (entry.status === "booked") throw new OfferEnded(entryId, entry.status);
    try {
      return await leaveNow(context, actor, entry);
    } catch (error) {
      // Offered, declined or lapsed since it was read: leaving is meant all the same.
      if (!(error instanceof OfferEnded) || round === ROUNDS) throw error;
    }
  }
}

function leaveNow(context: Context, actor: Actor, entry: Entry): Promise<void> {
  if (entry.offer) {
    return giveUp(context, actor, entry, entry.offer, {
      ...{ event: "waitlist/left", reason: "cancelled", when: "either" },
    });
  }
  return commit(context, [
    ...endWait(entry, "left"),
    Outbox.tell(context, actor, {
      organizationId: entry.organizationId,
      about: idFrom("entry", entry.appointmentId),
      events: ["waitlist/left"],
      data: factAbout(entry),
    }),
  ]);
}
