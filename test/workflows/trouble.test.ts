import { workflows } from "@turno/workflows";
import { describe, expect, test } from "vitest";
import * as calendar from "./lives/calendar.ts";
import type { Effects } from "./lives/effects.ts";
import { lived } from "./lives/life.ts";
import * as messages from "./lives/messages.ts";
import * as noShows from "./lives/no-shows.ts";
import * as operations from "./lives/operations.ts";
import * as prescriptions from "./lives/prescriptions.ts";
import * as reminders from "./lives/reminders.ts";
import * as requests from "./lives/requests.ts";
import * as visits from "./lives/visits.ts";
import * as waitlist from "./lives/waitlist.ts";

const lives = [
  requests,
  visits,
  reminders,
  noShows,
  prescriptions,
  waitlist,
  messages,
  calendar,
  operations,
].flatMap((all) => Object.values(all));

test("every workflow is lived through", () => {
  const nobody = {} as never;
  const { functions } = workflows({ context: nobody, channels: nobody, webUrl: "" });
  const lived = new Set(lives.flatMap((life) => life.workflows));
  expect(functions.map(({ opts: { id } }) => id).filter((id) => !lived.has(id))).toEqual([]);
});

describe.each(lives)("$name", (life) => {
  let untroubled: Promise<Effects> | undefined;

  test.each(["lost", "thrown"] as const)(
    "and has its effects once although every step is %s once",
    async (trouble) => {
      untroubled ??= lived(life);
      expect(await lived(life, trouble)).toEqual(await untroubled);
    },
  );
});
