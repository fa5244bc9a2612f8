import {
  type Actor,
  type Context,
  commit,
  datesBetween,
  type Instant,
  type Interval,
  idFrom,
  localDateOf,
  minus,
  Outbox,
  type Practice,
  type PracticeOf,
  plus,
  utcDateOf,
} from "../../platform/index.ts";
import { Service } from "../../scheduling/index.ts";
import { AlreadyNoted, confirmedOf, get, reminded } from "./reservation.store.ts";
import type { Listed, Reservation } from "./reservation.ts";

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
const LONGEST_LEAD = 336;

interface Near {
  /** Only reminders so many hours before the start. */
  readonly leads: readonly number[];
  /** Where the clinic's calendars are, so that a wall's date is known. */
  readonly zones: readonly string[];
}

/**
 * The confirmed visits of a clinic of which reminders fall due within `stretch`.
 *
 * One query for each day on which such a visit may take place: a day and a fortnight for a stretch of a day, or mostly one
 * for each lead where no other matters.
 */
export async function remindersDue(
  context: Context,
  organizationId: string,
  { start, end }: Interval,
  near?: Near,
): Promise<Due[]> {
  const { leads, zones } = near ?? {};
  const visits = leads
    ? leads.map((hours) => ({ start: plus(start, { hours }), end: plus(end, { hours }) }))
    : [{ start, end: plus(end, { hours: LONGEST_LEAD }) }];
  const stretches = visits.flatMap((visit) => localDatesIn(visit, zones).map((date) => ({ date, ...visit })));
  const days = await Promise.all(
    [...Map.groupBy(stretches, ({ date }) => date)].map(([date, wanted]) =>
      confirmedOf(context, organizationId, date, around(wanted)),
    ),
  );
  const isWanted = ({ hours, at }: Reminder): boolean =>
    at >= start && at < end && (leads === undefined || leads.includes(hours));
  const dueOf = (visit: Listed): Due => ({
    reservationId: idFrom("reservation", visit.appointmentId),
    profileId: visit.profileId,
    hours: remindersOf(visit).flatMap((reminder) => (isWanted(reminder) ? reminder.hours : [])),
  });
  return days
    .flat()
    .map(dueOf)
    .filter(({ hours }) => hours.length > 0);
}

/** From the first to the last of them. */
const around = (stretches: readonly Interval[]) => ({
  from: stretches.map(({ start }) => start).sort()[0]!,
  until: stretches
    .map(({ end }) => end)
    .sort()
    .at(-1)!,
});

/** The dates that a wall may show in these zones, or somewhere on earth, from 12 hours behind UTC to 14 ahead. */
const localDatesIn = ({ start, end }: Interval, zones?: readonly string[]): string[] =>
  zones
    ? zones.flatMap((zone) => datesBetween(localDateOf(start, zone), localDateOf(end, zone)))
    : datesBetween(utcDateOf(minus(start, { hours: 12 })), utcDateOf(plus(end, { hours: 14 })));

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
  practiceOf: PracticeOf,
  { reservationId, hours, event }: Sent,
): Promise<void> {
  const reservation = await get(context, reservationId);
  const practice = await practiceOf(context, reservation.profileId);
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
