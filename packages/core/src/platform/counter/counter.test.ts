import { expect, test } from "vitest";
import { testContext } from "../../testing/index.ts";
import { Counter } from "../index.ts";

const ROMA = "org_01JDWXR3M8Q6V9T2KZB4N7HC5E";
const OTHER = "org_01JDWXR3M8Q6V9T2KZB4N7HC5F";
const week = { from: "2026-03-02", to: "2026-03-08" };

const cancelled = (occurrence: string, changes = {}) => ({
  organizationId: ROMA,
  metric: "reservations-cancelled" as const,
  date: "2026-03-02",
  occurrence,
  ...changes,
});

test("what happens on a day is added up, each occurrence once", async () => {
  const context = await testContext();
  for (const occurrence of ["res_1", "res_2", "res_1"]) await Counter.count(context, cancelled(occurrence));
  await Counter.count(context, cancelled("res_3", { by: 5 }));
  expect(await Counter.between(context, ROMA, "reservations-cancelled", week)).toEqual([
    { date: "2026-03-02", count: 7 },
  ]);
});

test("calls at the same time count the occurrence once", async () => {
  const context = await testContext();
  await Promise.all([1, 2, 3, 4].map(() => Counter.count(context, cancelled("res_1"))));
  expect(await Counter.between(context, ROMA, "reservations-cancelled", week)).toEqual([
    { date: "2026-03-02", count: 1 },
  ]);
});

test("clinics, metrics and days are counted apart", async () => {
  const context = await testContext();
  await Counter.count(context, cancelled("a"));
  await Counter.count(context, cancelled("b", { date: "2026-03-08" }));
  await Counter.count(context, cancelled("c", { date: "2026-03-09" }));
  await Counter.count(context, cancelled("d", { organizationId: OTHER }));
  await Counter.count(context, cancelled("a", { metric: "requests-expired" }));
  expect(await Counter.between(context, ROMA, "reservations-cancelled", week)).toEqual([
    { date: "2026-03-02", count: 1 },
    { date: "2026-03-08", count: 1 },
  ]);
  expect(await Counter.between(context, ROMA, "requests-expired", week)).toHaveLength(1);
});

test("nothing that happened is not counted", async () => {
  const context = await testContext();
  await Counter.count(context, cancelled("none", { by: 0 }));
  expect(await Counter.between(context, ROMA, "reservations-cancelled", week)).toEqual([]);
});
