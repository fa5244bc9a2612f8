import {
  type Actor,
  type Context,
  commit,
  type Instant,
  idFrom,
  Outbox,
  type Practice,
  plus,
  Refusal,
} from "../../platform/index.ts";
import { Claim, type Listing } from "../../scheduling/index.ts";
import { pastEndedHolds } from "../request/ended-holds.ts";
import { hasBookedSince } from "../timeline/booked.ts";
import { claimOf, lapseOffer } from "./end.ts";
import { factAbout } from "./fact.ts";
import { leavesRoom, openingsOver, type Release } from "./opening.ts";
import { offeredUntil, rank } from "./rank.ts";
import { allWith, offered } from "./waitlist.store.ts";
import { type Entry, type Offer, OfferEnded, offerIdOf } from "./waitlist.ts";

const system: Actor = { kind: "system" };

interface Round extends Release {
  /** What freed the time: asked again for the same, it answers with the offer that it made. */
  readonly round: string;
  /** Until when somebody may not be disturbed; `undefined` when they may be now. */
  readonly quietUntil: (entry: Entry) => Promise<Instant | undefined>;
  /** The ids of those for whom this round has waited: it does not wait for them again. */
  readonly awaited: readonly string[];
}

/** What a round has come to. */
export type RoundOutcome =
  /** When it leaves room, somebody else wishes for what is left of the time: another round may begin at once. */
  | { readonly outcome: "offered"; readonly offerId: string; readonly leavesRoom: boolean }
  /** The next in line may not be disturbed yet, and there is time to wait for them. */
  | { readonly outcome: "asleep"; readonly entryId: string; readonly until: Instant }
  /** Nothing over the time can be booked, nobody wants it, or it is too near. */
  | { readonly outcome: "not-free" | "nobody" | "too-near" };

/**
 * Offers time that has become free to whoever is next in line for it: they alone can book it until the offer ends.
 *
 * In line are all who wait with the doctor, each for a slot of their service that lies over the time. An offer takes its
 * minutes from the slots of every service, so that they are offered to one person at once.
 *
 * Whoever may not be disturbed now is waited for, and the time stays open to everybody meanwhile: the list promises an
 * order by urgency and waiting time, not by who is awake, while a hold overnight would keep the time from those who
 * would take it. Only where no time would be left are they passed over, since an empty chair helps nobody.
 */
export async function offerNext(context: Context, practice: Practice, round: Round): Promise<RoundOutcome> {
  const line = await allWith(context, practice.profileId);
  if (line.length === 0) return { outcome: "nobody" };
  const openings = await openingsOver(context, practice, round, line);
  const now = context.now();
  const zone = practice.timezone;
  const offeredTo = (entry: Entry, offer: Offer): RoundOutcome => ({
    ...{ outcome: "offered", offerId: offerIdOf(entry, offer.start) },
    leavesRoom: leavesRoom({ entry, offer }, { line, openings, zone }, now),
  });
  const made = line.find(({ offer }) => offer?.round === round.round);
  if (made?.offer) return offeredTo(made, made.offer);
  if (openings.length === 0) return { outcome: "not-free" };
  const inTime = (times: readonly Listing.Opening[], from: Instant) =>
    times.filter(({ start }) => offeredUntil(practice, start, from));
  const times = inTime(openings, now);
  if (times.length === 0) return { outcome: "too-near" };

  const gone = new Set<Listing.Opening>();
  for (const { entry, times: wished } of rank(line, { times, zone }, now)) {
    if (await hasBookedSince(context, entry, entry.joinedAt)) continue;
    const until = await round.quietUntil(entry);
    const left = inTime(wished, until ?? now).filter((opening) => !gone.has(opening));
    if (left.length === 0) continue;
    if (until) {
      const entryId = idFrom("entry", entry.appointmentId);
      if (round.awaited.includes(entryId)) continue;
      return { outcome: "asleep", entryId, until };
    }
    for (const opening of left) {
      const expiresAt = offeredUntil(practice, opening.start, now)!;
      const offer = termsOf(practice, opening, { expiresAt, round: round.round });
      const outcome = await attempt(context, practice, entry, offer);
      if (outcome === "made") return offeredTo(entry, offer);
      if (outcome === "left") break;
      gone.add(opening);
    }
  }
  return { outcome: gone.size === times.length ? "not-free" : "nobody" };
}

/** Makes an offer, or says that they left the line or that the time is gone, since both were read. */
async function attempt(
  context: Context,
  practice: Practice,
  entry: Entry,
  offer: Offer,
): Promise<"made" | "left" | "gone"> {
  try {
    await make(context, practice, entry, offer);
    return "made";
  } catch (error) {
    // They left, or are asked for another time.
    if (error instanceof OfferEnded) return "left";
    if (isGone(error)) return "gone";
    throw error;
  }
}

/** Somebody else was faster, or the slot is not there any more. */
const isGone = (error: unknown): boolean =>
  error instanceof Refusal && ["slot-taken", "slot-blocked", "not-found"].includes(error.type);

function termsOf(
  { currency }: Practice,
  { start, service }: Listing.Opening,
  rest: { expiresAt: Instant; round: string },
): Offer {
  const { name: serviceName, duration, bufferBefore, bufferAfter, capacity, price } = service;
  return {
    ...{ start, end: plus(start, { minutes: duration }), bufferBefore, bufferAfter, group: capacity > 1 },
    ...{ serviceName, price, currency },
    ...rest,
  };
}

async function make(context: Context, practice: Practice, entry: Entry, offer: Offer): Promise<void> {
  // An offer of another time that has ended, and that nothing has cleared: its claim is given back first.
  if (entry.offer) await lapseOffer(context, entry, entry.offer);
  await pastEndedHolds(context, practice, () =>
    Claim.seated(context, { after: claimOf(entry, offer) }, (seats) =>
      commit(context, [
        offered(entry, offer),
        ...Claim.writes(undefined, seats.after),
        Outbox.tell(context, system, {
          organizationId: entry.organizationId,
          about: idFrom("entry", entry.appointmentId),
          events: ["waitlist/offered"],
          data: factAbout(entry, offer),
        }),
      ]),
    ),
  );
}
