import { expect, test } from "vitest";
import { remaining, type Slot, SlotId, slotIdOf, slotKeyOf, statusOf } from "./slot.ts";

const key = {
  profileId: "prf_01JDWXR3M8Q6V9T2KZB4N7HC5E",
  serviceId: "svc_01JDWXR3M8Q6V9T2KZB4N7HC5F",
  start: "2026-03-03T15:00:00.000Z",
};
const NOW = "2026-03-03T14:00:00.000Z";
const ended = { owner: "A", expiresAt: NOW };
const live = { owner: "B", expiresAt: "2026-03-03T14:00:00.001Z" };

const slot = (changes: Partial<Slot>): Slot => ({
  ...key,
  organizationId: "org_01JDWXR3M8Q6V9T2KZB4N7HC5E",
  end: "2026-03-03T15:20:00.000Z",
  capacity: 1,
  taken: 0,
  holds: [],
  blocked: false,
  retired: false,
  ...changes,
});

test("a slot's id says where it is, and the other way round", () => {
  for (const start of ["1970-01-01T00:00:00.000Z", key.start, "2100-12-31T23:55:00.000Z"]) {
    const slotId = slotIdOf({ ...key, start });
    expect(SlotId.safeParse(slotId).success).toBe(true);
    expect(slotKeyOf(slotId)).toEqual({ ...key, start });
  }
});

test("what a slot is follows from its seats and the time", () => {
  const statuses = {
    available: slot({}),
    pending_approval: slot({ taken: 1, holds: [live] }),
    reserved: slot({ taken: 1 }),
    blocked: slot({ blocked: true }),
    expired: slot({ start: NOW }),
  };
  expect(statusOf(slot({ retired: true }), NOW)).toBe("blocked");
  for (const [status, given] of Object.entries(statuses)) expect(statusOf(given, NOW)).toBe(status);
  expect(statusOf(slot({ taken: 1, holds: [ended] }), NOW)).toBe("available");
  expect(statusOf(slot({ taken: 1, capacity: 2 }), NOW)).toBe("available");
});

test("a hold counts until the moment in which it ends", () => {
  expect(remaining(slot({ taken: 1, holds: [live] }), NOW)).toBe(0);
  expect(remaining(slot({ taken: 1, holds: [ended] }), NOW)).toBe(1);
  expect(remaining(slot({ capacity: 5, taken: 4, holds: [ended, live] }), NOW)).toBe(2);
});
