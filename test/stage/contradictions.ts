import { Claim, Ledger } from "@turno/core/scheduling";
import type { Row } from "@turno/core/testing";

/** A request or an offer that holds its slot, or a reservation that was not given up: the rows, under their stored names. */
interface Live {
  readonly apt: string;
  readonly prf: string;
  readonly svc: string;
  readonly slotServiceId?: string;
  readonly start: string;
  readonly end: string;
  readonly bb: number;
  readonly ba: number;
  readonly group?: boolean;
  readonly exp?: string;
}

interface SlotRow {
  readonly prf: string;
  readonly svc: string;
  readonly start: string;
  readonly max: number;
  readonly taken: number;
  readonly holds?: ReadonlySet<string>;
}

const GIVEN_UP: readonly unknown[] = ["cancelled", "rescheduled"];

/**
 * What a table says that can never be true: two that overlap, time that is taken by nobody or by two, seats that are
 * counted and not sat in. Nothing of it depends on the time: a hold that has ended occupies until it is cleared.
 */
export function contradictionsIn(rows: readonly Row[]): string[] {
  const live = [...(rows.filter(isLive) as unknown as Live[]), ...offersIn(rows)];
  return [...differences(owedTime(live), takenTime(rows)), ...seatsThatDisagree(live, rows)];
}

function isLive(row: Row): boolean {
  if (row.__edb_e__ === "request") return row.stage === "pending";
  return row.__edb_e__ === "resv" && !GIVEN_UP.includes(row.status);
}

interface OfferRow extends Pick<Live, "apt" | "prf" | "svc"> {
  readonly offer: Pick<Live, "start" | "end" | "group"> & {
    readonly bufferBefore: number;
    readonly bufferAfter: number;
    readonly expiresAt: string;
  };
}

/** What is held for somebody of the waiting list. */
function offersIn(rows: readonly Row[]): Live[] {
  const offered = rows.filter(({ __edb_e__, status }) => __edb_e__ === "waiting" && status === "offered");
  return (offered as unknown as OfferRow[]).map(({ apt, prf, svc, offer }) => {
    const { bufferBefore: bb, bufferAfter: ba, expiresAt: exp, ...time } = offer;
    return { apt, prf, svc, bb, ba, exp, ...time };
  });
}

const slotOf = ({ prf, svc, slotServiceId = svc, start }: Live) => ({
  profileId: prf,
  serviceId: slotServiceId,
  start,
});

/** Who must occupy each five minutes: by calendar and grain, the owners' names joined. */
function owedTime(live: readonly Live[]): Map<string, string> {
  const owners = new Map<string, Set<string>>();
  for (const appointment of live) {
    const { start, end, bb, ba, prf } = appointment;
    const owner = appointment.group ? Claim.groupOwner(slotOf(appointment)) : appointment.apt;
    const occupied = Claim.occupiedInterval({ start, end, bufferBefore: bb, bufferAfter: ba });
    for (const grain of Ledger.grainsOf(occupied)) {
      const key = `${prf} ${grain}`;
      owners.set(key, (owners.get(key) ?? new Set()).add(owner));
    }
  }
  return new Map([...owners].map(([key, names]) => [key, [...names].join(" and ")]));
}

/** Who occupies each five minutes, as the ledger has it. */
function takenTime(rows: readonly Row[]): Map<string, string> {
  const taken = new Map<string, string>();
  for (const row of rows.filter(({ __edb_e__ }) => __edb_e__ === "hour")) {
    const first = Date.parse(`${row.hour}:00:00.000Z`) / Ledger.GRAIN_MS;
    for (let index = 0; index < 12; index++) {
      const owner = row[`g${index}`];
      if (owner !== undefined) taken.set(`${row.prf} ${first + index}`, `${owner}`);
    }
  }
  return taken;
}

function differences(owed: ReadonlyMap<string, string>, taken: ReadonlyMap<string, string>): string[] {
  return [...new Set([...owed.keys(), ...taken.keys()])]
    .filter((key) => owed.get(key) !== taken.get(key))
    .map(
      (key) => `${key}: is of ${owed.get(key) ?? "nobody"}, and the ledger has ${taken.get(key) ?? "nobody"}`,
    );
}

function seatsThatDisagree(live: readonly Live[], rows: readonly Row[]): string[] {
  const sitting = Map.groupBy(live, (appointment) => Object.values(slotOf(appointment)).join(" "));
  const slots = rows.filter(({ __edb_e__ }) => __edb_e__ === "slot") as unknown as SlotRow[];
  return slots.flatMap(({ prf, svc, start, max, taken, holds = new Set() }) => {
    const key = `${prf} ${svc} ${start}`;
    const there = sitting.get(key) ?? [];
    const held = there.filter(({ exp }) => exp).map(({ apt, exp }) => `${apt}|${exp}`);
    return [
      ...(taken === there.length ? [] : [`${key}: ${taken} seats are taken, and ${there.length} sit in it`]),
      ...(taken <= max ? [] : [`${key}: ${taken} seats are taken of ${max}`]),
      ...(isSame(holds, held) ? [] : [`${key}: its holds are not its requests`]),
    ];
  });
}

const isSame = (set: ReadonlySet<string>, list: readonly string[]): boolean =>
  set.size === list.length && list.every((element) => set.has(element));
