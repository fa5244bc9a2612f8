import { describe, expect, test } from "vitest";
import { type Operation, operationOf } from "../platform/index.ts";
import { Availability, Generation, type Service, Slot } from "../scheduling/index.ts";
import {
  anOpenDay,
  ask,
  book,
  doctorOf,
  type Fate,
  interfere,
  known,
  once,
  outcomesOf,
  slotAt,
  type TestContext,
  testContext,
  toldEvents,
} from "../testing/index.ts";
import { Request, Reservation } from "./index.ts";

// Tuesday in Mexico City: 09:00 and 09:20.
const NINE = "2026-03-03T15:00:00.000Z";
const TWENTY_PAST = "2026-03-03T15:20:00.000Z";

const given = async (service: Partial<Service.NewService> = {}) => {
  // Nobody waits: full jitter of nothing.
  const context = { ...(await testContext()), random: () => 0 };
  const day = await anOpenDay(context, "2026-03-03", service);
  const seats = async (start: string) =>
    (await Slot.get(context, Slot.slotKeyOf(slotAt(day.practice, day.service, start)))).taken;
  return { context, ...day, doctor: doctorOf(day.practice), seats };
};

interface Scene {
  readonly context: TestContext;
  readonly call: (operation: Operation) => Promise<unknown>;
  /** Seats taken at 09:00 and 09:20 when the call is done. */
  readonly after: [number, number];
  readonly seats: (start: string) => Promise<number>;
  /** That the call tells; 1 when left out. */
  readonly facts?: number;
}

const scenes: Record<string, () => Promise<Scene>> = {
  "asking for a slot": async () => {
    const { context, practice, service, seats } = await given();
    const call = (operation: Operation) => ask(context, practice, service, NINE, { operation });
    return { context, seats, call, after: [1, 0] };
  },
  "booking at once": async () => {
    const { context, practice, service, seats } = await given();
    const call = (operation: Operation) => book(context, practice, service, NINE, { operation });
    return { context, seats, call, after: [1, 0] };
  },
  "taking the last seat of a group": async () => {
    const { context, practice, service, seats } = await given({ capacity: 2 });
    await book(context, practice, service, NINE);
    const call = (operation: Operation) => book(context, practice, service, NINE, { operation });
    return { context, seats, call, after: [2, 0] };
  },
  "approving in place": async () => {
    const { context, practice, service, doctor, seats } = await given();
    const { requestId } = await ask(context, practice, service, NINE);
    const call = (operation: Operation) =>
      Request.approve(context, doctor, known(practice), { requestId, operation });
    return { context, seats, call, after: [1, 0] };
  },
  "approving at another time": async () => {
    const { context, practice, service, doctor, seats } = await given();
    const { requestId } = await ask(context, practice, service, NINE);
    const changes = { newSlotId: slotAt(practice, service, TWENTY_PAST) };
    const call = (operation: Operation) =>
      Request.approve(context, doctor, known(practice), { requestId, changes, operation });
    // The time that was asked for is free again, which is told apart.
    return { context, seats, call, after: [0, 1], facts: 2 };
  },
  "rejecting a request": async () => {
    const { context, practice, service, doctor, seats } = await given();
    const { requestId } = await ask(context, practice, service, NINE);
    const call = (operation: Operation) => Request.reject(context, doctor, { requestId, operation });
    return { context, seats, call, after: [0, 0] };
  },
  "cancelling a reservation": async () => {
    const { context, practice, service, doctor, seats } = await given();
    const { reservationId } = await book(context, practice, service, NINE);
    const call = (operation: Operation) => Reservation.cancel(context, doctor, { reservationId, operation });
    return { context, seats, call, after: [0, 0] };
  },
  "leaving a group as the last": async () => {
    const { context, practice, service, doctor, seats } = await given({ capacity: 2 });
    const { reservationId } = await book(context, practice, service, NINE);
    const call = (operation: Operation) => Reservation.cancel(context, doctor, { reservationId, operation });
    return { context, seats, call, after: [0, 0] };
  },
  "moving a reservation": async () => {
    const { context, practice, service, doctor, seats } = await given();
    const { reservationId } = await book(context, practice, service, NINE);
    const slotId = slotAt(practice, service, TWENTY_PAST);
    const call = async (operation: Operation) =>
      Reservation.viewOf(
        await Reservation.reschedule(context, doctor, known(practice), { reservationId, slotId, operation }),
      );
    return { context, seats, call, after: [0, 1] };
  },
};

const faults: Fate[][] = [
  ["conflict", "conflict", "conflict"],
  ["throttled", "throttled item", "throughput exceeded"],
  ["server error", "connection reset", "still in progress"],
  ["answer lost"],
  ["answer lost", "answer lost", "answer lost"],
  ["conflict", "answer lost", "conflict", "throttled"],
];

describe.each(Object.entries(scenes))("%s", (_, scene) => {
  test.each(faults.map((fates) => [fates.join(", "), fates] as const))(
    "is done once and answered rightly: %s",
    async (_, fates) => {
      const { context, call, after, seats, facts = 1 } = await scene();
      const before = (await toldEvents(context)).length;
      const operation = operationOf(context, "caller", "key", {});
      const calls = interfere(context, "TransactWriteItems", fates);
      const answer = await call(operation);
      // A look between two attempts may find that the first one did it.
      expect(calls()).toBeLessThanOrEqual(fates.length + 1);
      expect(await toldEvents(context)).toHaveLength(before + facts);
      expect([await seats(NINE), await seats(TWENTY_PAST)]).toEqual(after);
      expect(await call(operation)).toEqual(answer);
    },
  );

  test("is done once where no answer ever came, and the client asks again", async () => {
    const { context, call, after, seats, facts = 1 } = await scene();
    const before = (await toldEvents(context)).length;
    const operation = operationOf(context, "caller", "key", {});
    // Applied at the first attempt; all that follow lose their answers as well.
    interfere(context, "TransactWriteItems", Array<Fate>(20).fill("answer lost"));
    const outcomes = await outcomesOf([call(operation)]);
    expect(["busy", "done"]).toContain(outcomes[0]);
    expect(await outcomesOf([call(operation)])).toEqual(["done"]);
    expect(await toldEvents(context)).toHaveLength(before + facts);
    expect([await seats(NINE), await seats(TWENTY_PAST)]).toEqual(after);
  });

  test("leaves everything as it was where nothing could be written", async () => {
    const { context, call, seats } = await scene();
    const [told, taken] = [await toldEvents(context), [await seats(NINE), await seats(TWENTY_PAST)]];
    interfere(context, "TransactWriteItems", Array<Fate>(100).fill("conflict"));
    expect(await outcomesOf([call(once(context))])).toEqual(["busy"]);
    expect(await toldEvents(context)).toEqual(told);
    expect([await seats(NINE), await seats(TWENTY_PAST)]).toEqual(taken);
  });
});

test("an expiry whose answer got lost is done once", async () => {
  const { context, practice, service, seats } = await given();
  const { requestId, expiresAt } = await ask(context, practice, service, NINE);
  context.at(expiresAt);
  const before = (await toldEvents(context)).length;
  interfere(context, "TransactWriteItems", ["answer lost", "conflict", "answer lost"]);
  await Request.expire(context, known(practice), requestId);
  expect(await toldEvents(context)).toHaveLength(before + 1);
  expect(await seats(NINE)).toBe(0);
});

test("an ended hold that is cleared in passing is cleared once, whatever answers get lost", async () => {
  const { context, practice, service, seats } = await given();
  const { expiresAt } = await ask(
    context,
    { ...practice, policy: { ...practice.policy, holdMinutes: 60 } },
    service,
    NINE,
  );
  context.at(expiresAt);
  // The first attempt to book is refused, then come the expiry and the second attempt.
  interfere(context, "TransactWriteItems", ["passes", "answer lost", "passes", "answer lost"]);
  await book(context, practice, service, NINE);
  expect((await toldEvents(context)).slice(-2)).toEqual([
    "reservation/request-expired slot/released",
    "reservation/created",
  ]);
  expect(await seats(NINE)).toBe(1);
});

test("who waits for a slot that went to somebody else stops at once", async () => {
  const { context, practice, service } = await given();
  await book(context, practice, service, NINE);
  const calls = interfere(context, "TransactWriteItems", ["conflict"]);
  await expect(ask(context, practice, service, NINE)).rejects.toMatchObject({ type: "slot-taken" });
  expect(calls()).toBe(1);
});

test("a slot that a transaction holds is brought in line all the same", async () => {
  const { context, practice, service, doctor } = await given();
  await book(context, practice, service, NINE);
  const closed = { date: "2026-03-03", windows: [] };
  const { exceptionId } = await Availability.Exceptions.create(
    context,
    doctor,
    practice,
    closed,
    once(context),
  );
  interfere(context, "UpdateItem", ["held by a transaction", "throttled", "passes", "held by a transaction"]);
  interfere(context, "DeleteItem", ["held by a transaction", "passes", "throughput exceeded"]);
  const generate = () => Generation.generate(context, practice, { from: "2026-03-03", to: "2026-03-03" });
  expect(await generate()).toMatchObject({ removed: 11, conflicts: [{ startTime: NINE }] });
  await Availability.Exceptions.remove(context, doctor, practice, exceptionId);
  expect(await generate()).toMatchObject({ created: 11, kept: 1 });
});

test("a slot that a transaction holds is made all the same", async () => {
  const { context, practice } = await given();
  const calls = interfere(context, "PutItem", ["held by a transaction", "throttled"]);
  const made = await Generation.generate(context, practice, { from: "2026-03-04", to: "2026-03-04" });
  expect(made.created).toBe(12);
  expect(calls()).toBe(14);
});
