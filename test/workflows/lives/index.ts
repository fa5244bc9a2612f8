import * as calendar from "./calendar.ts";
import type { Life } from "./life.ts";
import * as messages from "./messages.ts";
import * as noShows from "./no-shows.ts";
import * as operations from "./operations.ts";
import * as prescriptions from "./prescriptions.ts";
import * as reminders from "./reminders.ts";
import * as requests from "./requests.ts";
import * as unheard from "./unheard.ts";
import * as visits from "./visits.ts";
import * as waitlist from "./waitlist.ts";

const of = (...topics: readonly Readonly<Record<string, Life>>[]): Life[] =>
  topics.flatMap((topic) => Object.values(topic));

/** Every life, in groups that take about the same time. */
export const lives = {
  visits: of(requests, visits, reminders, noShows, unheard, calendar, operations),
  patients: of(prescriptions, waitlist, messages),
};
