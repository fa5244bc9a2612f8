import {
  type Actor,
  type Context,
  commit,
  datesBetween,
  type Instant,
  type Interval,
  idFrom,
  minus,
  nextDate,
  Outbox,
  type Practice,
  plus,
} from "../../platform/index.ts";
import { Service } from "../../scheduling/index.ts";
import { AlreadyNoted, get, type Listed, ofDay, reminded } from "./reservation.store.ts";
import type { Reservation } from "./reservation.ts";

const system: Actor = { kind: "system" };

/** A reminder of the policy that held when the visit was booked. */
export interface Reminder {
  /** Before the start. */
  readonly hours: number;
  readonly at: Instant;
}

/** The reminders of a visit, first to last; without those whose time had passed when it was booked. */
export const remindersOf = ({
  start,
  createdAt,
  policy,
}: Pick<Reservation, "start" | "createdAt" | "policy">): Reminder[] =>
  [...new Set(policy.reminderHours)]
    .sort((a, b) => b - a)
    .map((hours) => ({ hours, at: minus(start, { hours }) }))
    .filter(({ at }) => at > createdAt);

/** A visit, and the hours before its start at which reminders of it fall due. */
export interface Due {
  readonly reservationId: string;
  readonly profileId: string;
  readonly hours: readonly number[];
}

/** The furthest ahead of a visit that a policy may set a reminder. */
const LONGEST_LEAD = { hours: 336 };

/**
 * The confirmed visits of a clinic of which reminders fall due within `stretch`.
 *
 * One query for each day on which such a visit may take place: a day and a fortnight for a stretch of a day. Days are
 * those of the practitioners' zones, which are at most one off those of UTC.
 */
export async function remindersDue(
  context: Context,
  organizationId: string,
  { start, end }: Interval,
): Promise<Due[]> {
  const dates = datesBetween(nextDate(utcDateOf(start), -1), nextDate(utcDateOf(plus(end, LONGEST_LEAD))));
  const days = await Promise.all(dates.map((date) => ofDay(context, organizationId, date)));
  const dueOf = (visit: Listed): Due => ({
    reservationId: idFrom("reservation", visit.appointmentId),
    profileId: visit.profileId,
    hours: remindersOf(visit).flatMap(({ hours, at }) => (at >= start && at < end ? hours : [])),
  });
  return days
    .flat()
    .filter(({ status }) => status === "confirmed")
    .map(dueOf)
    .filter(({ hours }) => hours.length > 0);
}

const utcDateOf = (instant: Instant): string => instant.slice(0, 10);

interface Sent {
  readonly reservationId: string;
  /** Of the policy, before the start. */
  readonly hours: number;
  /** The event that tells of such a reminder, where other systems know one. */
  readonly event?: "appointment/reminder-24h" | "appointment/reminder-2h";
}

/** Notes that a reminder went out, and tells of it. Does nothing when it was noted before. */
export async function reminderSent(
  context: Context,
  practice: Practice,
  { reservationId, hours, event }: Sent,
): Promise<void> {
  const reservation = await get(context, reservationId);
  const fact = { organizationId: reservation.organizationId, about: reservationId };
  const told = async () => {
    if (event === "appointment/reminder-24h") {
      const { requirements } = await Service.get(context, reservation.profileId, reservation.serviceId);
      const data = {
        ...toldOf(practice, reservation),
        doctorName: practice.doctorName,
        preparationInstructions: requirements,
      };
      return [Outbox.tell(context, system, { ...fact, events: ["appointment/reminder-24h"], data })];
    }
    if (event === "appointment/reminder-2h") {
      const { parking, building, floor, office } = practice.arrival;
      const data = {
        ...toldOf(practice, reservation),
        ...{ parkingInfo: parking, buildingInfo: building, floorInfo: floor, officeNumber: office },
      };
      return [Outbox.tell(context, system, { ...fact, events: ["appointment/reminder-2h"], data })];
    }
    return [];
  };
  try {
    await commit(context, [reminded(reservation, hours), ...(await told())]);
  } catch (error) {
    if (!(error instanceof AlreadyNoted)) throw error;
  }
}

const toldOf = ({ clinicName, clinicAddress }: Practice, reservation: Reservation) => ({
  reservationId: idFrom("reservation", reservation.appointmentId),
  profileId: reservation.profileId,
  patientName: reservation.patientName,
  patientPhone: reservation.patientPhone,
  appointmentTime: reservation.start,
  serviceName: reservation.serviceName,
  ...{ clinicName, clinicAddress },
});
