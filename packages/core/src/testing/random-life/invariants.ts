import { expect } from "vitest";
import type { Waitlist } from "../../booking/index.ts";
import { type Interval, minus, plus } from "../../platform/index.ts";
import { Claim, Slot } from "../../scheduling/index.ts";
import { allRows, type Row } from "../index.ts";
import type { World } from "./world.ts";

/** Of a request or a reservation: what it occupies. */
interface Booking {
  readonly apt: string;
  readonly prf: string;
  readonly svc: string;
  readonly slotServiceId?: string;
  readonly start: string;
  readonly end: string;
  readonly bb: number;
  readonly ba: number;
  readonly group?: boolean;
  readonly prc: number;
}

interface RequestRow extends Booking {
  readonly stage: string;
  readonly exp: string;
}

interface ReservationRow extends Booking {
  readonly status: string;
  readonly noShowAt?: string;
  readonly movedFrom?: string;
  readonly movedTo?: string;
  readonly refundAmount?: number;
}

interface EntryRow {
  readonly apt: string;
  readonly prf: string;
  readonly svc: string;
  readonly pat: string;
  readonly status: string;
  readonly seen?: Set<string>;
  readonly offer?: Waitlist.Offer;
}

/** A seat that is held until `exp`: asked for, or offered. */
interface Held extends Booking {
  readonly exp: string;
}

interface SlotRow {
  readonly prf: string;
  readonly svc: string;
  readonly start: string;
  readonly end: string;
  readonly max: number;
  readonly taken: number;
  readonly holds?: Set<string>;
  readonly blocked?: boolean;
}

/** The whole table, by entity. */
interface Table {
  readonly requests: RequestRow[];
  readonly reservations: ReservationRow[];
  readonly entries: EntryRow[];
  readonly places: Row[];
  readonly slots: SlotRow[];
  readonly hours: Row[];
  readonly facts: { readonly about: string; readonly events: string[]; readonly data: Row }[];
  readonly now: string;
}

async function readTable({ context }: World): Promise<Table> {
  const rows = await allRows(context);
  const of = <Of>(entity: string) => rows.filter(({ __edb_e__ }) => __edb_e__ === entity) as unknown as Of[];
  return {
    requests: of("request"),
    reservations: of("resv"),
    entries: of("waiting"),
    places: of("place"),
    slots: of("slot"),
    hours: of("hour"),
    facts: of("outbox"),
    now: context.now(),
  };
}

const LIVE = ["confirmed", "completed", "no_show"];

const slotOf = ({ prf, svc, slotServiceId, start }: Booking): Slot.SlotKey => ({
  profileId: prf,
  serviceId: slotServiceId ?? svc,
  start,
});

const occupiedBy = ({ start, end, bb, ba }: Booking): Interval => ({
  start: minus(start, { minutes: bb }),
  end: plus(end, { minutes: ba }),
});

const ownerOf = (booking: Booking): string =>
  booking.group ? Claim.groupOwner(slotOf(booking)) : booking.apt;

const keyOf = ({ prf, svc, start }: SlotRow): Slot.SlotKey => ({ profileId: prf, serviceId: svc, start });

/** What is offered, as what it occupies. */
const offersIn = ({ entries }: Table): Held[] =>
  entries.flatMap(({ apt, prf, svc, offer }) => {
    if (!offer) return [];
    const { start, end, bufferBefore, bufferAfter, group, price, expiresAt } = offer;
    return [
      { apt, prf, svc, start, end, bb: bufferBefore, ba: bufferAfter, group, prc: price, exp: expiresAt },
    ];
  });

const held = (table: Table): Held[] => [
  ...table.requests.filter(({ stage }) => stage === "pending"),
  ...offersIn(table),
];

const firm = ({ reservations }: Table): Booking[] =>
  reservations.filter(({ status }) => LIVE.includes(status));

/** What has a seat: held until somebody clears it, or firm. */
const seated = (table: Table): Booking[] => [...held(table), ...firm(table)];

const blocked = ({ slots }: Table): SlotRow[] => slots.filter((slot) => slot.blocked);

function noOverlap(table: Table): void {
  const accepted = [
    ...[...held(table).filter(({ exp }) => exp > table.now), ...firm(table)].map((booking) => ({
      profile: booking.prf,
      owner: ownerOf(booking),
      ...occupiedBy(booking),
    })),
    ...blocked(table).map(({ prf, start, end, svc }) => ({
      profile: prf,
      owner: `blocked ${svc}`,
      start,
      end,
    })),
  ];
  accepted.sort((a, b) => (a.profile + a.start < b.profile + b.start ? -1 : 1));
  for (const [index, one] of accepted.entries()) {
    for (const other of accepted.slice(index + 1)) {
      if (other.profile !== one.profile || other.start >= one.end) break;
      expect(other.owner, `${one.start} to ${one.end} meets ${other.start}`).toBe(one.owner);
    }
  }
}

function* grainsOf(profile: string, owner: string, { start, end }: Interval): Generator<[string, string]> {
  for (let at = start; at < end; at = plus(at, { minutes: 5 }))
    yield [`${profile} ${at.slice(0, 16)}`, owner];
}

function ledgerIsExact(table: Table): void {
  const expected = new Map<string, string>();
  for (const booking of seated(table)) {
    for (const [grain, owner] of grainsOf(booking.prf, ownerOf(booking), occupiedBy(booking)))
      expected.set(grain, owner);
  }
  for (const slot of blocked(table)) {
    const owner = `blocked:${Claim.groupOwner(keyOf(slot))}`;
    for (const [grain, by] of grainsOf(slot.prf, owner, slot)) expected.set(grain, by);
  }
  const written = new Map<string, unknown>();
  for (const row of table.hours) {
    for (let grain = 0; grain < 12; grain++) {
      const minute = String(grain * 5).padStart(2, "0");
      if (row[`g${grain}`]) written.set(`${row.prf} ${row.hour}:${minute}`, row[`g${grain}`]);
    }
  }
  expect(Object.fromEntries([...written].sort())).toEqual(Object.fromEntries([...expected].sort()));
}

function slotsCount(table: Table): void {
  const bookings = Map.groupBy(seated(table), (booking) => Slot.slotIdOf(slotOf(booking)));
  for (const slot of table.slots) {
    const slotId = Slot.slotIdOf(keyOf(slot));
    const seats = bookings.get(slotId) ?? [];
    bookings.delete(slotId);
    expect(slot.taken, slotId).toBe(seats.length);
    expect(slot.taken).toBeLessThanOrEqual(slot.max);
    const holds = seats.flatMap((seat) => ("exp" in seat ? [`${seat.apt}|${seat.exp}`] : []));
    expect([...(slot.holds ?? [])].sort()).toEqual(holds.sort());
    if (slot.blocked) expect(seats).toEqual([]);
    // Whoever sits in one group came for the same time.
    expect(new Set(seats.map((seat) => JSON.stringify(occupiedBy(seat)))).size).toBeLessThanOrEqual(1);
  }
  expect([...bookings.keys()], "bookings whose slot is gone").toEqual([]);
}

function indexesHoldWhatWaits({ requests }: Table): void {
  for (const request of requests as (RequestRow & Row)[]) {
    const waits = request.stage === "pending";
    expect(String(request.gsi1pk).endsWith(`#st_${request.stage}`), request.apt).toBe(true);
    expect("gsi3pk" in request, request.apt).toBe(waits);
    expect("outcome" in request).toBe(!waits && request.stage !== "approved");
  }
}

function eachWaitsInOnePlace({ entries, places, requests, reservations }: Table): void {
  const open = entries.filter(({ status }) => status === "waiting" || status === "offered");
  const placeOf = ({ prf, svc, pat, apt }: Row) => [prf, svc, pat, apt].join(" ");
  const taken = places.map(placeOf).sort();
  expect(taken).toEqual(open.map((entry) => placeOf(entry as unknown as Row)).sort());
  for (const entry of entries as (EntryRow & Row)[]) {
    expect("gsi1pk" in entry, entry.apt).toBe(open.includes(entry));
    expect("gsi3pk" in entry, entry.apt).toBe(open.includes(entry));
    expect("offer" in entry).toBe(entry.status === "offered");
    const became = [...requests, ...reservations].some(({ apt }) => apt === entry.apt);
    expect(became, entry.apt).toBe(entry.status === "booked");
  }
}

/** Each offer is told and ends once; only what holds a time now has not ended. */
function eachOfferIsToldOnce({ entries, facts }: Table): void {
  for (const { apt, seen, status, offer } of entries) {
    const told = facts.filter(({ about }) => about === `wte_${apt}`);
    const times = (event: string) => told.filter(({ events }) => events.includes(event)).length;
    expect(times("waitlist/joined"), apt).toBe(1);
    expect(times("waitlist/offered"), apt).toBe(seen?.size ?? 0);
    expect(times("waitlist/accepted"), apt).toBe(status === "booked" ? 1 : 0);
    const ended = times("slot/released") + times("waitlist/accepted") + (offer ? 1 : 0);
    expect(ended, apt).toBe(times("waitlist/offered"));
    const begun = times("reservation/created") + times("reservation/request-created");
    expect(begun, apt).toBe(times("waitlist/accepted"));
  }
}

function pairsMatch({ requests, reservations }: Table): void {
  const byId = new Map(reservations.map((reservation) => [reservation.apt, reservation]));
  for (const { apt, stage } of requests) expect(byId.has(apt), apt).toBe(stage === "approved");
  for (const { apt, status, movedTo, movedFrom } of reservations) {
    expect(movedTo !== undefined).toBe(status === "rescheduled");
    if (movedTo) expect(byId.get(movedTo)?.movedFrom).toBe(apt);
    if (movedFrom) expect(byId.get(movedFrom)?.movedTo).toBe(apt);
  }
}

function eachTransitionIsToldOnce({ requests, reservations, entries, facts }: Table): void {
  const fromList = new Set(entries.map(({ apt }) => apt));
  const moved = (request: RequestRow): boolean => {
    const reservation = reservations.find(({ apt }) => apt === request.apt);
    return !!reservation && Slot.slotIdOf(slotOf(reservation)) !== Slot.slotIdOf(slotOf(request));
  };
  const told = facts.flatMap(({ about, events }) => events.map((event) => `${event} ${about}`));
  const happened = [
    ...requests.flatMap((request) => {
      const { apt, stage } = request;
      const about = `req_${apt}`;
      const ends: Record<string, string[]> = {
        approved: [
          "reservation/approved",
          "reservation/created",
          ...(moved(request) ? ["slot/released"] : []),
        ],
        rejected: ["reservation/rejected", "slot/released"],
        cancelled: ["reservation/request-cancelled", "slot/released"],
        expired: ["reservation/request-expired", "slot/released"],
      };
      const begins = fromList.has(apt) ? [] : ["reservation/request-created"];
      return [...begins, ...(ends[stage] ?? [])].map((event) => `${event} ${about}`);
    }),
    ...reservations.flatMap(({ apt, status, noShowAt, movedFrom }) => {
      const about = `res_${apt}`;
      const wasAsked = requests.some((request) => request.apt === apt);
      const ends: Record<string, string[]> = {
        cancelled: ["reservation/cancelled", "slot/released"],
        rescheduled: ["appointment/rescheduled", "slot/released"],
        // What was taken for a no-show may be put right.
        completed: [...(noShowAt ? ["reservation/no-show"] : []), "reservation/completed"],
        no_show: ["reservation/no-show"],
      };
      const begins = wasAsked || movedFrom || fromList.has(apt) ? [] : ["reservation/created"];
      return [...begins, ...(ends[status] ?? [])].map((event) => `${event} ${about}`);
    }),
  ];
  const ofBookings = told.filter((text) => / (req|res)_/.test(text));
  expect(ofBookings.sort()).toEqual(happened.sort());
}

function moneyIsAsAgreed({ requests, reservations }: Table, { prices }: World): void {
  for (const { apt, prc, status, refundAmount } of reservations) {
    expect(prc, apt).toBe(prices.get(apt));
    expect(refundAmount !== undefined).toBe(status === "cancelled");
    if (refundAmount !== undefined) expect([0, prc]).toContain(refundAmount);
  }
  for (const { apt, prc, stage } of requests) if (stage !== "approved") expect(prc).toBe(prices.get(apt));
}

/** Checks from the raw rows what always holds. Throws what does not. */
export async function expectInvariants(world: World): Promise<void> {
  const table = await readTable(world);
  noOverlap(table);
  ledgerIsExact(table);
  slotsCount(table);
  indexesHoldWhatWaits(table);
  pairsMatch(table);
  eachWaitsInOnePlace(table);
  eachOfferIsToldOnce(table);
  eachTransitionIsToldOnce(table);
  moneyIsAsAgreed(table, world);
}
