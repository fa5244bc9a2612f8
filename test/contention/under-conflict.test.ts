import { testContext } from "@turno/core/testing";
import { startDatabase } from "@turno/local/database";
import { afterAll, expect, test } from "vitest";
import { startConflictProxy } from "../faults/conflict-proxy.ts";
import { openStage } from "../stage/open.ts";
import { decisionsAtOnce } from "./decisions.ts";
import { contentionForSlots } from "./slots.ts";

const database = await startDatabase();
afterAll(() => database.stop());
const proxy = await startConflictProxy({
  target: database.endpoint,
  latencyMs: 3,
  readLatencyMs: 1,
  throttleRate: 0.005,
  lostResponseRate: 0.01,
  seed: 7,
});
afterAll(() => proxy.close());
const stage = await openStage({ databaseEndpoint: proxy.endpoint, isEmpty: true });
await stage.rest();

// The API meets the faults; what a test lays out and looks at beside it does not.
const { table } = stage.context.table;
const undisturbed = await testContext({ endpoint: database.endpoint, table });
const observed = { ...stage, context: { ...stage.context, table: undisturbed.table } };

decisionsAtOnce(observed, stage.context);
contentionForSlots(observed);

test("all of this was in the way", () => {
  const { transactionConflicts, throttled, lostResponses } = proxy.counters;
  expect(transactionConflicts).toBeGreaterThan(1_000);
  expect(throttled).toBeGreaterThan(20);
  expect(lostResponses).toBeGreaterThan(5);
});
