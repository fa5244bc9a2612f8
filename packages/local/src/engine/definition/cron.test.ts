import { describe, expect, it } from "vitest";
import { stage } from "../testing.ts";
import { CronRefused, nextTick } from "./cron.ts";

function ticks(schedule: string, after: string, count: number): string[] {
  const found: string[] = [];
  for (let at: number | undefined = Date.parse(after); found.length < count; ) {
    at = nextTick(schedule, at);
    if (at === undefined) break;
    found.push(new Date(at).toISOString());
  }
  return found;
}

describe("a schedule", () => {
  it("is read in UTC, or in the zone it names", () => {
    expect(ticks("0 3 * * *", "2026-12-01T09:00:00Z", 1)).toEqual(["2026-12-02T03:00:00.000Z"]);
    expect(ticks("TZ=America/New_York 0 3 * * *", "2026-12-01T09:00:00Z", 1)).toEqual([
      "2026-12-02T08:00:00.000Z",
    ]);
    expect(ticks("0 9 * * MON-FRI", "2026-12-04T10:00:00Z", 1)).toEqual(["2026-12-07T09:00:00.000Z"]);
  });

  it("skips a local time that summer time skips, and takes one that comes twice once", () => {
    // Paris, 29 March 2026: 02:00 becomes 03:00. 25 October: 03:00 becomes 02:00.
    expect(ticks("TZ=Europe/Paris 30 2 * * *", "2026-03-28T00:00:00Z", 2)).toEqual([
      "2026-03-28T01:30:00.000Z",
      "2026-03-30T00:30:00.000Z",
    ]);
    expect(ticks("TZ=Europe/Paris 30 2 * * *", "2026-10-24T12:00:00Z", 2)).toEqual([
      "2026-10-25T00:30:00.000Z",
      "2026-10-26T01:30:00.000Z",
    ]);
  });

  it("may have no tick at all", () => {
    expect(nextTick("0 0 31 2 *", 0)).toBeUndefined();
  });

  it.each(["* * * * * *", "@daily", "61 * * * *", "* * *", "TZ=Mars/Crater 0 0 * * *", "bogus"])(
    "%s is refused",
    (schedule) => {
      expect(() => nextTick(schedule, 0)).toThrow(CronRefused);
    },
  );
});

describe("a scheduled function", () => {
  it("runs at each tick with the tick as its event", async () => {
    const { pass, runs, clock } = await stage((client) => [
      client.createFunction(
        { id: "nightly", triggers: { cron: "TZ=Europe/Paris 0 3 * * *" } },
        async ({ event, step }) =>
          step.run("now", () => [event.name, event.id, event.data.cron, clock.now() - event.ts!]),
      ),
    ]);
    await pass("2d");
    expect(runs("nightly").map((run) => run.output)).toEqual([
      ["inngest/scheduled.timer", "2026-12-02T02:00:00Z", "TZ=Europe/Paris 0 3 * * *", 0],
      ["inngest/scheduled.timer", "2026-12-03T02:00:00Z", "TZ=Europe/Paris 0 3 * * *", 0],
    ]);
  });

  it("every quarter of an hour misses no tick when time is moved", async () => {
    let ran = 0;
    const { pass } = await stage((client) => [
      client.createFunction({ id: "often", triggers: { cron: "*/15 * * * *" } }, async ({ step }) => {
        await step.run("count", () => {
          ran += 1;
        });
      }),
    ]);
    await pass("2d");
    expect(ran).toBe(192);
  });
});
