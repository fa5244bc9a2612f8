import { expect, test } from "vitest";
import { testContext } from "../../testing/index.ts";
import { Daily } from "../index.ts";

const MEXICO = "org_01JDWXR3M8Q6V9T2KZB4N7HC5E";
const MADRID = "org_01JDWXR3M8Q6V9T2KZB4N7HC5F";

const job = { name: "slots", at: "02:00" };

const zones: Record<string, string> = { [MEXICO]: "America/Mexico_City", [MADRID]: "Europe/Madrid" };
const clinics = { organizationIds: [MEXICO, MADRID], zoneOf: async (id: string) => zones[id]! };

/** Visits everybody whose time has come, as a tick does. */
const given = async (now: string) => {
  const context = await testContext({ now });
  const tick = async () => {
    const visits = await Daily.due(context, job, clinics);
    for (const visit of visits) await Daily.done(context, job, visit, zones[visit.organizationId]!);
    return visits;
  };
  return { context, tick };
};

test("each clinic has the job at its own time, once a day", async () => {
  // 01:00 in Madrid, 18:00 the day before in Mexico City: its time came at 02:00 that day.
  const { context, tick } = await given("2026-03-03T00:00:00.000Z");
  expect(await tick()).toEqual([{ organizationId: MEXICO, date: "2026-03-02" }]);
  context.at("2026-03-03T00:59:59.999Z");
  expect(await tick()).toEqual([]);
  context.at("2026-03-03T01:00:00.000Z");
  expect(await tick()).toEqual([{ organizationId: MADRID, date: "2026-03-03" }]);
  expect(await tick()).toEqual([]);
  context.at("2026-03-03T08:00:00.000Z");
  expect(await tick()).toEqual([{ organizationId: MEXICO, date: "2026-03-03" }]);
});

test("after an outage of days a clinic has the job once, late", async () => {
  const { context, tick } = await given("2026-03-02T15:00:00.000Z");
  await tick();
  // 15:15 in Mexico City.
  context.at("2026-03-05T21:15:00.000Z");
  expect(await tick()).toContainEqual({ organizationId: MEXICO, date: "2026-03-05" });
  context.pass({ minutes: 15 });
  expect(await tick()).toEqual([]);
});

test("where the hour is skipped the job comes with the change, where it occurs twice it comes once", async () => {
  // Madrid, 29 March 2026: 02:00 becomes 03:00 at 01:00 UTC.
  const { context, tick } = await given("2026-03-28T12:00:00.000Z");
  await tick();
  context.at("2026-03-29T00:45:00.000Z");
  expect(await tick()).toEqual([]);
  context.at("2026-03-29T01:00:00.000Z");
  expect(await tick()).toEqual([{ organizationId: MADRID, date: "2026-03-29" }]);
  // 25 October 2026: 02:00 is at 00:00 and again at 01:00 UTC.
  context.at("2026-10-24T12:00:00.000Z");
  await tick();
  context.at("2026-10-25T00:00:00.000Z");
  expect(await tick()).toEqual([{ organizationId: MADRID, date: "2026-10-25" }]);
  context.at("2026-10-25T01:00:00.000Z");
  expect(await tick()).toEqual([]);
});

test("a job that failed before it was noted is due again", async () => {
  const { context } = await given("2026-03-02T15:00:00.000Z");
  const first = await Daily.due(context, job, clinics);
  expect(await Daily.due(context, job, clinics)).toEqual(first);
});

test("of two ticks at once one is told that the other was first, and a day is never taken back", async () => {
  const { context } = await given("2026-03-02T15:00:00.000Z");
  const visit = { organizationId: MEXICO, date: "2026-03-02" };
  const both = await Promise.all([1, 2].map(() => Daily.done(context, job, visit, zones[MEXICO]!)));
  expect(both.sort()).toEqual([false, true]);
  const earlier = { organizationId: MEXICO, date: "2026-03-01" };
  expect(await Daily.done(context, job, earlier, zones[MEXICO]!)).toBe(false);
});

test("one job of a clinic says nothing of another", async () => {
  const { context, tick } = await given("2026-03-02T15:00:00.000Z");
  await tick();
  expect(await Daily.due(context, { name: "cleanup", at: "03:00" }, clinics)).toHaveLength(2);
});
