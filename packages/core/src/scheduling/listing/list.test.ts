import { describe, expect, test } from "vitest";
import { Request } from "../../booking/index.ts";
import type { Practice } from "../../platform/index.ts";
import {
  aPractice,
  ask,
  book,
  doctorOf,
  freeTimes,
  offer,
  once,
  openDaily,
  slotAt,
  type TestContext,
  testContext,
} from "../../testing/index.ts";
import { Availability, Generation, Listing, Service, Slot } from "../index.ts";

// Tuesday, 3 March 2026, in Mexico City: six hours behind UTC. Tests begin on Monday at 09:00.
const TUESDAY = "2026-03-03";
const at = (time: string): string => {
  const [hours, minutes] = time.split(":");
  return `2026-03-03T${String(Number(hours) + 6).padStart(2, "0")}:${minutes}:00.000Z`;
};

/** One service of 20 minutes, every day from 09:00 to 10:00. */
const given = async (service: Partial<Service.NewService> = {}, changes: Partial<Practice> = {}) => {
  const context = await testContext();
  const practice = aPractice(context, changes);
  const offered = await offer(context, practice, service);
  await openDaily(context, practice, { endTime: "10:00" });
  await Generation.generate(context, practice, { from: TUESDAY, to: TUESDAY });
  return { context, practice, service: offered };
};

/** Two services in the same hours: a short one of 20 minutes and one of `long`. */
const givenTwo = async (long: Partial<Service.NewService>, short: Partial<Service.NewService> = {}) => {
  const context = await testContext();
  const practice = aPractice(context);
  const brief = await offer(context, practice, { duration: 20, ...short });
  const other = await offer(context, practice, { duration: 40, ...long });
  await openDaily(context, practice, { endTime: "11:00" });
  await Generation.generate(context, practice, { from: TUESDAY, to: TUESDAY });
  const free = (serviceId: string) => freeTimes(context, practice, TUESDAY, { serviceId });
  return { context, practice, brief, other, free };
};

const between = (context: TestContext, practice: Practice, from: string, to: string) =>
  Listing.list(context, practice, { from: at(from), to: at(to), limit: 100 });

const times = ({ items }: { items: Slot.BookableSlot[] }) =>
  items.map(({ localStartTime }) => localStartTime.slice(11, 16));

/** So that a hold ends while its slot is still to come. */
const brieflyHeld = (practice: Practice): Practice => ({
  ...practice,
  policy: { ...practice.policy, holdMinutes: 60 },
});

test("a slot is shown with its times, in the calendar's zone or the one asked for", async () => {
  const { context, practice, service } = await given();
  const query = { from: at("09:00"), to: at("09:20"), limit: 10 };
  const shown = {
    slotId: slotAt(practice, service, at("09:00")),
    serviceId: service.serviceId,
    startTime: "2026-03-03T15:00:00.000Z",
    endTime: "2026-03-03T15:20:00.000Z",
    remaining: 1,
  };
  expect(await Listing.list(context, practice, query)).toEqual({
    items: [{ ...shown, localStartTime: "2026-03-03T09:00:00-06:00", timezone: "America/Mexico_City" }],
  });
  expect(await Listing.list(context, practice, { ...query, timezone: "Asia/Kathmandu" })).toEqual({
    items: [{ ...shown, localStartTime: "2026-03-03T20:45:00+05:45", timezone: "Asia/Kathmandu" }],
  });
});

describe("what can be booked", () => {
  test("begins after the notice and before the horizon", async () => {
    const { context, practice } = await given({}, { noticeMinutes: 60, horizonDays: 1 });
    // Monday 09:20 in Mexico City: in 24 hours it is Tuesday 09:20, which the horizon does not include.
    context.at("2026-03-02T15:20:00.000Z");
    expect(await freeTimes(context, practice, TUESDAY)).toEqual(["09:00"]);
    context.at(at("08:20"));
    expect(await freeTimes(context, practice, TUESDAY)).toEqual(["09:20", "09:40"]);
  });

  test("has not begun, also where no notice is asked for", async () => {
    const { context, practice } = await given({}, { noticeMinutes: 0 });
    context.at(at("09:20"));
    expect(await freeTimes(context, practice, TUESDAY)).toEqual(["09:40"]);
  });

  test("is neither held nor booked nor blocked", async () => {
    const { context, practice, service } = await given();
    await ask(context, practice, service, at("09:00"));
    await book(context, practice, service, at("09:20"));
    const key = { profileId: practice.profileId, serviceId: service.serviceId, start: at("09:40") };
    await Slot.block(context, doctorOf(practice), key);
    expect(await freeTimes(context, practice, TUESDAY)).toEqual([]);
    await Slot.unblock(context, doctorOf(practice), key);
    expect(await freeTimes(context, practice, TUESDAY)).toEqual(["09:40"]);
  });

  test("is of a service that is offered, and as long as it is now", async () => {
    const { context, practice, service } = await given();
    await Service.edit(context, doctorOf(practice), service.serviceId, { duration: 30 });
    expect(await freeTimes(context, practice, TUESDAY)).toEqual([]);
    await Service.edit(context, doctorOf(practice), service.serviceId, { duration: 20, active: false });
    expect(await freeTimes(context, practice, TUESDAY)).toEqual([]);
  });

  test("shares no time with another service's booking", async () => {
    const { context, practice, brief, other, free } = await givenTwo({});
    await book(context, practice, other, at("09:40"));
    expect(await free(brief.serviceId)).toEqual(["09:00", "09:20", "10:20", "10:40"]);
    await book(context, practice, brief, at("09:20"));
    expect(await free(other.serviceId)).toEqual(["10:20"]);
  });

  test("has room for its buffers and those of others", async () => {
    const { context, practice, brief, other, free } = await givenTwo({ bufferBefore: 10, bufferAfter: 15 });
    await book(context, practice, other, at("09:40"));
    // Occupied from 09:30 to 10:35.
    expect(await free(brief.serviceId)).toEqual(["09:00", "10:40"]);
    await book(context, practice, brief, at("10:40"));
    expect(await free(other.serviceId)).toEqual([]);
  });

  test("is a blocked time's neighbour, not what overlaps it", async () => {
    const { context, practice, brief, other, free } = await givenTwo({});
    const { profileId } = practice;
    await Slot.block(context, doctorOf(practice), {
      profileId,
      serviceId: other.serviceId,
      start: at("09:40"),
    });
    expect(await free(brief.serviceId)).toEqual(["09:00", "09:20", "10:20", "10:40"]);
  });

  test("is a group's slot with a seat left, and says how many", async () => {
    const { context, practice, service } = await given({ capacity: 3, approval: "instant" });
    await book(context, practice, service, at("09:00"));
    await ask(context, practice, service, at("09:00"), { wish: { patientName: "Diego Soto" } });
    const { items } = await between(context, practice, "09:00", "09:40");
    expect(items.map(({ remaining }) => remaining)).toEqual([1, 3]);
    await book(context, practice, service, at("09:00"));
    expect(await freeTimes(context, practice, TUESDAY)).toEqual(["09:20", "09:40"]);
  });

  test("is not a group whose service has other buffers now than those who sit in it", async () => {
    const { context, practice, service } = await given({ capacity: 3 });
    await book(context, practice, service, at("09:00"));
    await Service.edit(context, doctorOf(practice), service.serviceId, { bufferAfter: 10 });
    expect(await freeTimes(context, practice, TUESDAY)).toEqual(["09:20", "09:40"]);
    await expect(
      book(context, practice, await Service.byId(context, service.serviceId), at("09:00")),
    ).rejects.toMatchObject({ type: "slot-taken" });
  });
});

describe("a hold that has ended is shown as free", () => {
  test("at its own slot and at those of other services that it overlapped", async () => {
    const { context, practice, brief, other, free } = await givenTwo({ bufferAfter: 10 });
    const held = await ask(context, brieflyHeld(practice), other, at("09:40"));
    expect(await free(brief.serviceId)).toEqual(["09:00", "09:20", "10:40"]);
    context.at(held.expiresAt);
    expect(await free(brief.serviceId)).toEqual(["09:00", "09:20", "09:40", "10:00", "10:20", "10:40"]);
    expect(await free(other.serviceId)).toEqual(["09:00", "09:40", "10:20"]);
  });

  test("in a group, seat by seat, and its time when all of them ended", async () => {
    const { context, practice, brief, other, free } = await givenTwo({ capacity: 2 });
    const first = await ask(context, brieflyHeld(practice), other, at("09:40"));
    await ask(context, practice, other, at("09:40"), { wish: { patientName: "Diego Soto" } });
    expect(await free(other.serviceId)).toEqual(["09:00", "10:20"]);
    context.at(first.expiresAt);
    expect(await free(other.serviceId)).toEqual(["09:00", "09:40", "10:20"]);
    expect(await free(brief.serviceId)).toEqual(["09:00", "09:20", "10:20", "10:40"]);
    context.at("2026-03-03T15:00:00.000Z");
    expect(await free(brief.serviceId)).toEqual(["10:00", "10:20", "10:40"]);
  });

  test("also where it reaches over the border of the range", async () => {
    const { context, practice, brief, other } = await givenTwo({});
    const held = await ask(context, brieflyHeld(practice), other, at("09:40"));
    const ofBrief = async (from: string, to: string) => {
      const query = { from: at(from), to: at(to), limit: 10, serviceId: brief.serviceId };
      return times(await Listing.list(context, practice, query));
    };
    expect(await ofBrief("10:00", "10:40")).toEqual(["10:20"]);
    context.at(held.expiresAt);
    expect(await ofBrief("10:00", "10:40")).toEqual(["10:00", "10:20"]);
    expect(await ofBrief("09:40", "10:00")).toEqual(["09:40"]);
  });

  test("also one that lies wholly beyond the range and in the time of a slot that begins in it", async () => {
    const { context, practice, brief, other } = await givenTwo({ bufferBefore: 15 });
    const [before, after] = [
      await ask(context, brieflyHeld(practice), brief, at("09:20")),
      await ask(context, brieflyHeld(practice), brief, at("10:00")),
    ];
    const ofOther = async () => {
      const query = { from: at("09:40"), to: at("10:00"), limit: 10, serviceId: other.serviceId };
      return times(await Listing.list(context, practice, query));
    };
    expect(await ofOther()).toEqual([]);
    expect(before.expiresAt).toBe(after.expiresAt);
    context.at(after.expiresAt);
    expect(await ofOther()).toEqual(["09:40"]);
    await expect(ask(context, practice, other, at("09:40"))).resolves.toMatchObject({ status: "pending" });
  });

  test("also where the range begins between two grains of the ledger", async () => {
    const { context, practice, brief, other } = await givenTwo({ bufferBefore: 25 });
    const held = await ask(context, brieflyHeld(practice), brief, at("09:00"));
    const query = {
      from: "2026-03-03T15:02:00.000Z",
      to: at("10:00"),
      limit: 10,
      serviceId: other.serviceId,
    };
    expect(times(await Listing.list(context, practice, query))).toEqual([]);
    context.at(held.expiresAt);
    expect(times(await Listing.list(context, practice, query))).toEqual(["09:40"]);
  });
});

describe("a page", () => {
  test("goes on where the one before ended, each slot once", async () => {
    const { context, practice } = await givenTwo({});
    const query = { from: at("09:00"), to: at("11:00"), limit: 4 };
    const whole = await Listing.list(context, practice, { ...query, limit: 100 });
    const slots: string[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const { items, nextCursor } = await Listing.list(context, practice, { ...query, cursor });
      slots.push(...items.map(({ slotId }) => slotId));
      cursor = nextCursor;
      pages++;
    } while (cursor);
    expect(slots).toEqual(whole.items.map(({ slotId }) => slotId));
    expect(pages).toBe(3);
  });

  test("goes on at the same place when a slot before it is booked meanwhile", async () => {
    const { context, practice, service } = await given();
    const query = { from: at("09:00"), to: at("10:00"), limit: 2 };
    const { nextCursor } = await Listing.list(context, practice, query);
    await book(context, practice, service, at("09:00"));
    const next = await Listing.list(context, practice, { ...query, cursor: nextCursor });
    expect(times(next)).toEqual(["09:40"]);
    expect(next.nextCursor).toBeUndefined();
  });

  test("of an empty range is empty", async () => {
    const { context, practice } = await given();
    expect(await between(context, practice, "09:00", "09:00")).toEqual({ items: [] });
    expect(await between(context, practice, "11:00", "12:00")).toEqual({ items: [] });
  });
});

test("a closed date shows nothing once its slots are brought in line", async () => {
  const { context, practice } = await given();
  const closed = { date: TUESDAY, windows: [] };
  await Availability.Exceptions.create(context, doctorOf(practice), practice, closed, once(context));
  await Generation.generate(context, practice, { from: TUESDAY, to: TUESDAY });
  expect(await freeTimes(context, practice, TUESDAY)).toEqual([]);
});

test("every slot that is shown can be booked, and none that is not", async () => {
  const { context, practice, brief, other } = await givenTwo({ bufferAfter: 10, bufferBefore: 5 });
  await ask(context, practice, other, at("09:40"));
  const { items } = await between(context, practice, "09:00", "11:00");
  const shown = new Set(items.map(({ slotId }) => slotId));
  for (const service of [brief, other]) {
    for (const time of ["09:00", "09:20", "09:40", "10:00", "10:20", "10:40"]) {
      const slotId = slotAt(practice, service, at(time));
      const asked = await ask(context, practice, service, at(time)).catch((error: unknown) => error);
      if (asked instanceof Error) {
        expect(shown.has(slotId), `${service.name} ${time}`).toBe(false);
        continue;
      }
      expect(shown.has(slotId), `${service.name} ${time}`).toBe(true);
      const { requestId } = asked as Request.RequestView;
      await Request.cancel(context, doctorOf(practice), { requestId, operation: once(context) });
    }
  }
});
