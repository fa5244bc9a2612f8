import { beforeAll, expect, test } from "vitest";
import { aDesk, type Desk } from "../testing/index.ts";

let desk: Desk;

beforeAll(async () => {
  desk = await aDesk();
});

test("staff read the delivery log of their clinic", async () => {
  const { status, body } = await desk.call("listNotifications", { as: "nurse", query: { status: "FAILED" } });
  expect([status, body]).toEqual([200, { items: [] }]);
});

test("the log of everybody has 92 days at most", async () => {
  const query = { from: "2025-10-01T00:00:00Z", to: "2026-03-01T00:00:00Z" };
  expect((await desk.call("listNotifications", { as: "nurse", query })).status).toBe(422);
});
