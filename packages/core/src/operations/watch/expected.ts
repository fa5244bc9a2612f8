import { Request, Reservation } from "../../booking/index.ts";
import { Organization, Profile } from "../../identity/index.ts";
import { Log, Preference } from "../../notifications/index.ts";
import {
  type Actor,
  type Context,
  defaultPolicy,
  type Instant,
  idFrom,
  localDateOf,
  minus,
  nextDate,
  Outbox,
  quietUntil,
  ulidIn,
} from "../../platform/index.ts";
import { Generation } from "../../scheduling/index.ts";
import { isRetriable, KEPT, open } from "../run/index.ts";

const system: Actor = { kind: "system" };

/** The days of a clinic's calendars that should have slots and were never made: tomorrow, by each calendar's own zone. */
export async function missingDays(
  context: Context,
  organizationId: string,
): Promise<Generation.CalendarDay[]> {
  const calendars = await Profile.calendarsOf(context, organizationId);
  const expected = await Promise.all(
    calendars.map(async ({ profileId, timezone }) => {
      const date = nextDate(localDateOf(context.now(), timezone));
      const days = Generation.horizon(context, await Profile.practice(context, profileId));
      return days.includes(date) ? [{ profileId, date }] : [];
    }),
  );
  return Generation.unmade(context, expected.flat());
}

/** A reminder that was due and that nobody tried to send. */
export interface MissingReminder {
  readonly reservationId: string;
  readonly profileId: string;
  readonly hours: number;
  readonly at: Instant;
}

/** Which reminders are looked for. */
interface Leads {
  /** Those that go out less than so many hours before the visit; all when left out. */
  readonly lessThan?: number;
}

/** A reminder that is due may wait its turn so long, and is looked for as long as it still helps. */
const LATE_MINUTES = 10;
const LOOKED_FOR_HOURS = 2;

/**
 * The reminders of a clinic that fell due a while ago, were not noted as sent, and of which no message was tried.
 *
 * One that was tried and could not be sent is the delivery log's to tell, and one that waits for the end of a person's
 * quiet hours is on its way.
 */
export async function missingReminders(
  context: Context,
  organizationId: string,
  { lessThan = Number.POSITIVE_INFINITY }: Leads = {},
): Promise<MissingReminder[]> {
  const now = context.now();
  const stretch = {
    start: minus(now, { hours: LOOKED_FOR_HOURS }),
    end: minus(now, { minutes: LATE_MINUTES }),
  };
  const { policy } = await Organization.get(context, organizationId);
  // Of older policies' reminders the scan takes care; to look for them here would take a fortnight's days each time.
  const all = new Set([...policy.reminderHours, ...defaultPolicy.reminderHours]);
  const leads = [...all].filter((hours) => hours < lessThan);
  const zones = await Profile.zonesOf(context, organizationId);
  const due = await Reservation.remindersDue(context, organizationId, stretch, { leads, zones });
  const found = await Reservation.some(
    context,
    due.map(({ reservationId }) => reservationId),
  );
  const visits = new Map(found.map((visit) => [idFrom("reservation", visit.appointmentId), visit]));
  const missing = await Promise.all(
    due.map(async ({ reservationId, profileId, hours }) => {
      const visit = visits.get(reservationId);
      if (visit?.status !== "confirmed" || visit.start <= now) return [];
      const { start, reminded = [] } = visit;
      const unsent = hours.filter((hour) => !reminded.includes(hour));
      if (unsent.length === 0 || (await isQuietFor(context, visit))) return [];
      const messages = await Log.ofAppointment(context, system, ulidIn(reservationId));
      const isTried = (at: Instant) =>
        messages.some(({ template, createdAt }) => template.includes("reminder") && createdAt >= at);
      return unsent
        .map((hour) => ({ reservationId, profileId, hours: hour, at: minus(start, { hours: hour }) }))
        .filter(({ at }) => !isTried(at));
    }),
  );
  return missing.flat();
}

/** Whether it is quiet for the patient, in whose quiet hours reminders wait, or was until a moment ago. */
async function isQuietFor(
  context: Context,
  { organizationId, profileId, patientId }: Reservation.Reservation,
): Promise<boolean> {
  const { quietHours } = await Preference.of(context, { organizationId, patientId });
  if (!quietHours) return false;
  const { timezone } = await Profile.get(context, profileId);
  const now = context.now();
  const moments = [now, minus(now, { minutes: LATE_MINUTES })];
  return moments.some((at) => quietUntil(at, timezone, quietHours) !== undefined);
}

/** A hold is over at its minute; the row may take so long to follow. */
const OVERDUE_MINUTES = 2;

/** The requests of all clinics, or of one, that are past their expiry and still pending. */
export async function overdueRequests(
  context: Context,
  organizationId?: string,
): Promise<{ requestId: string; expiresAt: Instant }[]> {
  const due = await Request.due(context, minus(context.now(), { minutes: OVERDUE_MINUTES }));
  return due
    .filter((request) => organizationId === undefined || request.organizationId === organizationId)
    .map(({ appointmentId, expiresAt }) => ({ requestId: idFrom("request", appointmentId), expiresAt }));
}

/** The stream has its chance, and the sweep two, before a fact counts as stuck. */
const STUCK_SECONDS = 180;

/** Since when the facts have waited that nobody told. */
export async function stuckFacts(context: Context): Promise<Instant[]> {
  const before = minus(context.now(), { seconds: STUCK_SECONDS });
  const facts = await Outbox.waiting(context, STUCK_SECONDS);
  return facts.map(Outbox.waitsSince).filter((since) => since <= before);
}

/** The failed runs of a clinic, or of the stage, that were not begun anew, or whose repetition got lost. */
export async function openFailures(
  context: Context,
  owner: string,
): Promise<{ runId: string; workflow: string; endedAt: Instant }[]> {
  const now = context.now();
  const rows = await open(context, owner, { from: minus(now, KEPT), to: now });
  return rows
    .filter((row) => isRetriable(row, now))
    .map(({ runId, workflow, endedAt }) => ({ runId, workflow, endedAt }));
}
