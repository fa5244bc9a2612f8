import type { Row } from "@turno/core/testing";
import type { Book, Offered, Visit, Waiting } from "../book.ts";
import { iso, MINUTE } from "../time.ts";
import { dateAfter, momentOf, wallClock } from "../wall.ts";
import type { Finding } from "./finding.ts";

/** How late an answer may be heard, and an offer end. */
const WITHIN = 5 * MINUTE;

/**
 * Whether each entry of the waiting lists is what its person was told, each offer was brought once and ended as it was
 * answered or on time, and a time that was offered was nobody else's.
 */
export function waitlistOf({ waiting, visits }: Book, rows: readonly Row[], end: number): Finding {
  const entries = new Map(
    rows.filter(({ __edb_e__ }) => __edb_e__ === "waiting").map((row) => [`wte_${row.apt}`, row]),
  );
  const facts = Map.groupBy(
    rows.filter(({ __edb_e__ }) => __edb_e__ === "audit"),
    ({ about }) => `${about}`,
  );
  const wrong = waiting.flatMap((entry) => {
    const row = entries.get(entry.entryId);
    if (!row) return [`${entry.entryId}: is not there`];
    const found = [
      ...stateOf(entry, row, end),
      ...broughtTo(entry, row),
      ...entry.offers.flatMap((offer) => endOf(offer, facts.get(entry.entryId) ?? [], end)),
      ...entry.offers.flatMap((offer) =>
        othersWith(entry, sinceMade(offer, facts.get(entry.entryId) ?? []), { waiting, visits }),
      ),
    ];
    return found.map((text) => `${entry.entryId}: ${text}`);
  });
  const known = new Set(waiting.map(({ entryId }) => entryId));
  const untold = [...entries.keys()].filter((id) => !known.has(id)).map((id) => `${id}: nobody knows of it`);
  const offers = waiting.reduce((sum, entry) => sum + entry.offers.length, 0);
  return { checked: waiting.length + offers, wrong: [...wrong, ...untold] };
}

function stateOf({ stage, to, calendar, offers }: Waiting, { status }: Row, end: number): string[] {
  const over = momentOf(wallClock(calendar.zone), dateAfter(to), "00:00")!;
  const isOpen = offers.some(({ answer, until }) => !answer && until + WITHIN > end);
  const expected =
    stage === "waiting"
      ? // Nothing has to run for a wish that is over: it is one by the clock.
        ["waiting", ...(over <= end ? ["lapsed"] : []), ...(isOpen ? ["offered"] : [])]
      : [stage];
  return expected.includes(`${status}`) ? [] : [`is ${status}, not ${expected.join(" or ")}`];
}

/** Each time is offered once, in one message. */
function broughtTo({ offers, told }: Waiting, { seen = new Set() }: Row): string[] {
  const offered = seen as ReadonlySet<string>;
  const unknown = offers.filter(({ start }) => !offered.has(iso(start)));
  return [
    ...unknown.map(({ start }) => `was offered ${iso(start)}, and the list does not know`),
    ...(told > offered.size ? [`was told of ${told} offers, and there were ${offered.size}`] : []),
  ];
}

const ENDS = { accepted: "waitlist/accepted", declined: "waitlist/declined", left: "waitlist/left" } as const;

function endOf(
  { offerId, answer, answeredAt, until }: Offered,
  facts: readonly Row[],
  end: number,
): string[] {
  const due = answeredAt ?? until;
  if (due + WITHIN > end) return [];
  const action = answer ? ENDS[answer] : "waitlist/lapsed";
  const isInTime = ({ at }: Row): boolean => {
    const late = Date.parse(`${at}`) - due;
    return late >= 0 && late <= WITHIN;
  };
  const ended = facts.some((fact) => `${fact.action}`.split(" ").includes(action) && isInTime(fact));
  return ended ? [] : [`${offerId} has no ${action} at ${iso(due)}`];
}

/** Whoever reads of an offer late may read of the one before, and find this one: it was held since it was made. */
function sinceMade(offer: Offered, facts: readonly Row[]): Offered {
  const { until, answeredAt = until } = offer;
  const made = facts
    .filter(({ action }) => `${action}`.split(" ").includes("waitlist/offered"))
    .map(({ at }) => Date.parse(`${at}`))
    // What was offered after its end is another one.
    .filter((at) => at < Math.min(until, answeredAt));
  return { ...offer, seenAt: Math.max(offer.seenAt, ...made) };
}

/** Who was promised a time while it was held for somebody else: by what both were told. */
function othersWith(
  { calendar, service, ...entry }: Waiting,
  { start, seenAt, until, answeredAt = until }: Offered,
  { waiting, visits }: Pick<Book, "waiting" | "visits">,
): string[] {
  if (service.capacity > 1) return [];
  const lasts = start + service.duration * MINUTE;
  const isThis = (other: { readonly calendar: Waiting["calendar"] }, from: number, to: number): boolean =>
    other.calendar === calendar && from < lasts && to > start;
  const isMeanwhile = (at: number): boolean => at > seenAt && at < Math.min(until, answeredAt);
  const isBooked = (visit: Visit): boolean =>
    visit.phone !== entry.phone &&
    isThis(visit, visit.start, visit.start + visit.service.duration * MINUTE) &&
    isMeanwhile(visit.askedAt);
  const others = waiting.filter(({ entryId }) => entryId !== entry.entryId);
  const offers = others.flatMap((other) =>
    other.offers.filter(
      (offer) =>
        isThis(other, offer.start, offer.start + other.service.duration * MINUTE) &&
        isMeanwhile(offer.seenAt),
    ),
  );
  return [
    ...visits
      .filter(isBooked)
      .map(
        ({ phone, askedAt, start: from }) =>
          `${phone} has booked ${iso(from)} at ${iso(askedAt)}, and ${iso(start)} was held from ${iso(seenAt)} until ${iso(until)}`,
      ),
    ...offers.map(({ offerId }) => `${offerId} was made of ${iso(start)}, which was held`),
  ];
}
