import { Request, Reservation } from "../../booking/index.ts";
import { Profile } from "../../identity/index.ts";
import {
  type Actor,
  type Context,
  datesBetween,
  type Instant,
  type LocalDate,
  localDateOf,
  minus,
  nextDate,
  type Practice,
  startOfDay,
} from "../../platform/index.ts";
import { Slot } from "../../scheduling/index.ts";
import { FiguresEntity } from "./figures.entity.ts";
import { type Figures, figuresOf, inTotal } from "./figures.ts";

/** In place of a calendar: the whole clinic. */
const ALL = "all";

const system: Actor = { kind: "system" };

/** How far back a day is counted again: how a visit ended may be said days after it. */
const REDONE_DAYS = 3;

interface Days {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/**
 * Counts the days of a clinic's calendars anew, by agenda, slots and requests: those of the last three days and today
 * unless others are named. May be repeated, for any day whose slots are still there.
 */
export async function rollUp(context: Context, organizationId: string, days?: Days): Promise<void> {
  const calendars = await Profile.calendarsOf(context, organizationId);
  const practices = await Promise.all(calendars.map(({ profileId }) => Profile.practice(context, profileId)));
  const since = minus(context.now(), { days: REDONE_DAYS + 2 });
  const expired = new Map<string, readonly Instant[]>();
  for (const practice of practices) {
    const from = days ? startOfDay(days.from, practice.timezone) : since;
    expired.set(practice.profileId, await expiredSince(context, practice, from));
  }
  const [first] = practices;
  if (!first) return;
  const today = localDateOf(context.now(), first.timezone);
  const { from, to } = days ?? { from: nextDate(today, -REDONE_DAYS), to: today };
  for (const date of datesBetween(from, to)) {
    const all = await Promise.all(
      practices.map(async (practice) => {
        const counted = await dayOf(context, practice, date, expired.get(practice.profileId) ?? []);
        return { profileId: practice.profileId, ...counted };
      }),
    );
    const rows = [...all, { profileId: ALL, ...inTotal(date, all) }];
    await Promise.all(rows.map((row) => FiguresEntity.put({ organizationId, ...row }).go(context.table)));
  }
}

async function dayOf(
  context: Context,
  practice: Practice,
  date: LocalDate,
  expired: readonly Instant[],
): Promise<Figures> {
  const { profileId, timezone } = practice;
  const day = { start: startOfDay(date, timezone), end: startOfDay(nextDate(date), timezone) };
  const [visits, slots] = await Promise.all([
    Reservation.agenda(context, system, practice, { from: date, to: date }),
    Slot.startingIn(context, profileId, day),
  ]);
  return figuresOf(date, {
    visits: visits.map(({ status, appointmentTime: start, appointmentEndTime: end }) => ({
      ...{ status, start, end },
    })),
    offered: slots.filter(({ blocked, retired }) => !blocked && !retired),
    expired: expired.filter((at) => at >= day.start && at < day.end).length,
  });
}

/** When the requests of a calendar ended that nobody answered, newest first. */
async function expiredSince(context: Context, practice: Practice, since: Instant): Promise<Instant[]> {
  const found: Instant[] = [];
  let cursor: string | undefined;
  do {
    const page: Awaited<ReturnType<typeof Request.inbox>> = await Request.inbox(context, system, practice, {
      status: "expired",
      limit: 100,
      ...(cursor && { cursor }),
    });
    const times = page.items.map(({ expiresAt }) => expiresAt);
    found.push(...times.filter((at) => at >= since));
    cursor = times.some((at) => at < since) ? undefined : page.nextCursor;
  } while (cursor);
  return found;
}

/** The figures of a clinic from one date to another, both included: of one calendar, or of all together. */
export async function between(
  context: Context,
  organizationId: string,
  { from, to, profileId = ALL }: Days & { profileId?: string },
): Promise<Figures[]> {
  const { data } = await FiguresEntity.query
    .primary({ organizationId })
    .between({ date: from }, { date: nextDate(to) })
    .go({ ...context.table, pages: "all" });
  return data
    .filter((row) => row.profileId === profileId && row.date <= to)
    .map(({ organizationId: _, profileId: __, ...figures }) => figures);
}
