import { Profile } from "@turno/core/identity";
import type { Context, LocalDate } from "@turno/core/platform";
import { Generation, Service } from "@turno/core/scheduling";
import { events } from "../events.ts";

/** Days of one calendar whose slots are to be made. */
export interface Days {
  readonly profileId: string;
  readonly timezone: string;
  readonly serviceIds: readonly string[];
  readonly dates: readonly LocalDate[];
}

/** The days with what their events say of the calendar. */
export async function daysOf(
  context: Context,
  profileId: string,
  dates: readonly LocalDate[],
): Promise<Days> {
  const { timezone } = await Profile.get(context, profileId);
  const services = await Service.active(context, profileId);
  return { profileId, timezone, serviceIds: services.map(({ serviceId }) => serviceId), dates };
}

/** The days of a calendar that are to be in line with its hours, or those of them on some dates. */
export async function daysInLine(
  context: Context,
  profileId: string,
  dates?: readonly Generation.Dates[],
): Promise<Days> {
  const practice = await Profile.practice(context, profileId);
  return daysOf(context, profileId, await Generation.days(context, practice, dates));
}

/** The service takes 512 KB in one request. */
const EVENTS_PER_REQUEST = 400;

/**
 * An event for each day, in groups that one request can carry.
 *
 * `cause` is what calls for it: with it an event's id is the same whenever the same step is repeated.
 */
export function requestsFor(calendars: readonly Days[], cause: string) {
  const all = calendars.flatMap(({ profileId, timezone, serviceIds, dates }) =>
    dates.map((targetDate) =>
      events["slot/generate-daily"].create(
        { profileId, targetDate, timezone, generateForServices: [...serviceIds] },
        { id: `slot/generate-daily:${profileId}:${targetDate}:${cause}` },
      ),
    ),
  );
  return inRequests(all);
}

/** Events in groups that one request can carry. */
export function inRequests<Event>(all: readonly Event[]): Event[][] {
  const groups: Event[][] = [];
  for (let first = 0; first < all.length; first += EVENTS_PER_REQUEST) {
    groups.push(all.slice(first, first + EVENTS_PER_REQUEST));
  }
  return groups;
}
