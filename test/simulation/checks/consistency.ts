import type { Row } from "@turno/core/testing";
import { contradictionsIn } from "../../stage/contradictions.ts";
import type { Stage, Visit } from "../book.ts";
import { iso, MINUTE } from "../time.ts";
import type { Finding } from "./finding.ts";

/** What a visit's rows may say, by what its people were told. */
const STATES: Readonly<Record<Stage, readonly string[]>> = {
  pending: ["pending"],
  rejected: ["rejected"],
  withdrawn: ["cancelled"],
  expired: ["expired"],
  confirmed: ["confirmed"],
  cancelled: ["cancelled"],
  moved: ["rescheduled"],
  completed: ["completed"],
  no_show: ["no_show"],
};

/** How long after its end a visit of which nobody said anything is taken for a no-show at the latest. */
const SWEPT_AFTER = 80 * MINUTE;

const ulidIn = (id: string): string => id.slice(id.indexOf("_") + 1);

/**
 * Whether the table is what people were told, and contradicts itself nowhere: every booking in the state that its last
 * answer gave it, no two at one time, ledger and seats exact.
 */
export function consistencyOf(rows: readonly Row[], visits: readonly Visit[], end: number): Finding {
  const requests = byAppointment(rows, "request");
  const reservations = byAppointment(rows, "resv");
  const wrong = visits.flatMap((visit) => {
    const { requestId, reservationId } = visit;
    const row = reservationId
      ? reservations.get(ulidIn(reservationId))?.status
      : requests.get(ulidIn(requestId!))?.stage;
    const expected = expectedOf(visit, end);
    return expected.includes(`${row}`)
      ? []
      : [`${reservationId ?? requestId}: is ${row}, not ${expected.join(" or ")}`];
  });
  const told = new Set(visits.flatMap(({ reservationId }) => (reservationId ? [ulidIn(reservationId)] : [])));
  const untold = [...reservations.keys()]
    .filter((id) => !told.has(id))
    .map((id) => `${id}: nobody was told of it`);
  const others = [...contradictionsIn(rows), ...overlapsAmong(visits)];
  return { checked: visits.length, wrong: [...wrong, ...untold, ...others] };
}

function expectedOf({ stage, expiresAt = 0, start, service }: Visit, end: number): readonly string[] {
  if (stage === "pending") return expiresAt <= end ? STATES.expired : STATES.pending;
  const over = start + service.duration * MINUTE;
  if (stage === "confirmed" && over < end)
    return over + SWEPT_AFTER < end ? STATES.no_show : [...STATES.confirmed, ...STATES.no_show];
  return STATES[stage];
}

const byAppointment = (rows: readonly Row[], entity: string): Map<string, Row> =>
  new Map(rows.filter(({ __edb_e__ }) => __edb_e__ === entity).map((row) => [`${row.apt}`, row]));

/** By what people were told alone: who was promised the same time with the same doctor. */
function overlapsAmong(visits: readonly Visit[]): string[] {
  const firm = visits.filter(({ stage }) => ["confirmed", "completed", "no_show"].includes(stage));
  const overlaps: string[] = [];
  for (const ofCalendar of Map.groupBy(firm, ({ calendar }) => calendar.profileId).values()) {
    const inOrder = ofCalendar.toSorted((a, b) => a.start - b.start);
    for (const [index, one] of inOrder.entries()) {
      const end = one.start + one.service.duration * MINUTE;
      const meeting = inOrder.slice(index + 1).filter(({ start }) => start < end);
      const isGroup = (other: Visit): boolean => other.start === one.start && other.service === one.service;
      const strangers = meeting.filter((other) => !isGroup(other));
      const seats = 1 + meeting.filter(isGroup).length;
      for (const { reservationId, start } of strangers) {
        overlaps.push(`${one.reservationId} and ${reservationId} at ${iso(start)}`);
      }
      if (seats > one.service.capacity) overlaps.push(`${seats} sit where ${one.service.capacity} may`);
    }
  }
  return overlaps;
}
