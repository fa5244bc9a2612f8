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
import { Claim, Listing, Service, Slot } from "../../scheduling/index.ts";
import { pastEndedHolds } from "../request/ended-holds.ts";
import { hasBookedSince } from "../timeline/booked.ts";
import { claimOf, lapseOffer } from "./end.ts";
import { factAbout } from "./fact.ts";
import { offeredUntil, rank } from "./rank.ts";
import { inLine, offered } from "./waitlist.store.ts";
import { type Entry, type Offer, OfferEnded, offerIdOf } from "./waitlist.ts";

const system: Actor = { kind: "system" };

interface Round {
  readonly slotId: string;
  /** What freed the slot: asked again for the same, it answers with the offer that it made. */
  readonly round: string;
  /** Until when somebody may not be disturbed; `undefined` when they may be now. */
  readonly quietUntil: (entry: Entry) => Promise<Instant | undefined>;
  /** The ids of those for whom this round has waited: it does not wait for them again. */
  readonly awaited: readonly string[];
}

/** What a round has come to. */
export type RoundOutcome =
  | { readonly outcome: "offered"; readonly offerId: string }
  /** The next in line may not be disturbed yet, and there is time to wait for them. */
  | { readonly outcome: "asleep"; readonly entryId: string; readonly until: Instant }
  /** The slot cannot be booked, nobody wants it, or it is too near. */
  | { readonly outcome: "not-free" | "nobody" | "too-near" };

/**
 * Offers a free slot to whoever is next in line for it: they alone can book it until the offer ends.
 *
 * Whoever may not be disturbed now is waited for, and the slot stays open to everybody meanwhile: the list promises an
 * order by urgency and waiting time, not by who is awake, while a hold overnight would keep the time from those who
 * would take it. Only where no time would be left are they passed over, since an empty chair helps nobody.
 */
export async function offerNext(context: Context, practice: Practice, round: Round): Promise<RoundOutcome> {
  const key = Slot.slotKeyOf(round.slotId);
  const line = await inLine(context, key);
  const made = line.find(({ offer }) => offer?.round === round.round && offer.start === key.start);
  if (made) return { outcome: "offered", offerId: offerIdOf(made, key.start) };
  if (!(await isBookable(context, practice, key))) return { outcome: "not-free" };
  const now = context.now();
  if (!offeredUntil(practice, key.start, now)) return { outcome: "too-near" };
  const service = await Service.get(context, practice.profileId, key.serviceId);

  for (const entry of rank(line, { start: key.start, zone: practice.timezone }, now)) {
    const entryId = idFrom("entry", entry.appointmentId);
    if (await hasBookedSince(context, entry, entry.joinedAt)) continue;
    const until = await round.quietUntil(entry);
    const expiresAt = offeredUntil(practice, key.start, until ?? now);
    if (!expiresAt) continue;
    if (until) {
      if (round.awaited.includes(entryId)) continue;
      return { outcome: "asleep", entryId, until };
    }
    const offer = termsOf(practice, service, key, { expiresAt, round: round.round });
    try {
      await make(context, practice, entry, offer);
      return { outcome: "offered", offerId: offerIdOf(entry, key.start) };
    } catch (error) {
      // They left, or are asked for another time, since the list was read.
      if (error instanceof OfferEnded) continue;
      if (isGone(error)) return { outcome: "not-free" };
      throw error;
    }
  }
  return { outcome: "nobody" };
}

/** Somebody else was faster, or the slot is not there any more. */
const isGone = (error: unknown): boolean =>
  error instanceof Refusal && ["slot-taken", "slot-blocked", "not-found"].includes(error.type);

/** Whether a booking would really get this slot now. */
async function isBookable(context: Context, practice: Practice, key: Slot.SlotKey): Promise<boolean> {
  const { start, serviceId } = key;
  const range = { from: start, to: plus(start, { minutes: 1 }), serviceId, limit: 1 };
  return (await Listing.list(context, practice, range)).items.length > 0;
}

function termsOf(
  { currency }: Practice,
  service: Service.MedicalService,
  { start }: Slot.SlotKey,
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
