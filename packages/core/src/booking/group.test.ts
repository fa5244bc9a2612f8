import { describe, expect, test } from "vitest";
import { type Practice, ulidIn } from "../platform/index.ts";
import { Generation, Service, Slot } from "../scheduling/index.ts";
import {
  aPractice,
  ask,
  book,
  doctorOf,
  known,
  offer,
  once,
  openDaily,
  outcomesOf,
  rowsOf,
  slotAt,
  type TestContext,
  testContext,
} from "../testing/index.ts";
import { Request, Reservation } from "./index.ts";

// Tuesday, 09:00 in Mexico City.
const TUESDAY = "2026-03-03";
const NINE = "2026-03-03T15:00:00.000Z";

/** A group of an hour and a service of 20 minutes in the same hours. */
const given = async (capacity = 3) => {
  const context = await testContext();
  const practice = aPractice(context);
  const group = await offer(context, practice, { duration: 60, capacity, bufferAfter: 10 });
  const solo = await offer(context, practice, { duration: 20 });
  await openDaily(context, practice);
  await Generation.generate(context, practice, { from: TUESDAY, to: TUESDAY });
  const slot = () => Slot.get(context, Slot.slotKeyOf(slotAt(practice, group, NINE)));
  return { context, practice, group, solo, slot, doctor: doctorOf(practice) };
};

/** How many grains of five minutes somebody owns. */
const occupied = async (context: TestContext): Promise<number> =>
  (await rowsOf(context, "hour")).flatMap((row) => Object.keys(row).filter((name) => /^g\d+$/.test(name)))
    .length;

/** One hour and its buffer of ten minutes. */
const GROUP_GRAINS = 14;

const briefly = (practice: Practice, holdMinutes = 60): Practice => ({
  ...practice,
  policy: { ...practice.policy, holdMinutes },
});

const cancel = (context: TestContext, practice: Practice, reservationId: string) =>
  Reservation.cancel(context, doctorOf(practice), { reservationId, operation: once(context) });

test("a group's time is taken with its first seat and given back with its last", async () => {
  const { context, practice, group, slot } = await given();
  const first = await book(context, practice, group, NINE);
  expect(await occupied(context)).toBe(GROUP_GRAINS);
  const second = await book(context, practice, group, NINE);
  await cancel(context, practice, first.reservationId);
  expect(await occupied(context)).toBe(GROUP_GRAINS);
  await cancel(context, practice, second.reservationId);
  expect(await occupied(context)).toBe(0);
  expect(await slot()).toMatchObject({ taken: 0 });
});

test("a group takes as many as it has seats", async () => {
  const { context, practice, group } = await given(3);
  const outcomes = await outcomesOf([1, 2, 3, 4, 5].map(() => book(context, practice, group, NINE)));
  expect(outcomes.sort()).toEqual(["done", "done", "done", "slot-taken", "slot-taken"]);
});

test("of sixty who want one of twenty seats twenty get one", async () => {
  const { context, practice, group, slot } = await given(20);
  const outcomes = await outcomesOf(
    Array.from({ length: 60 }, (_, index) =>
      ask(context, practice, group, NINE, { wish: { patientName: `Paciente ${index}` } }),
    ),
  );
  expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(20);
  expect(outcomes.filter((outcome) => outcome === "slot-taken")).toHaveLength(40);
  const { taken, holds } = await slot();
  expect([taken, holds.length]).toEqual([20, 20]);
  expect(await occupied(context)).toBe(GROUP_GRAINS);
});

test("a group and a visit alone never share time, whoever is first", async () => {
  for (let round = 0; round < 10; round++) {
    const { context, practice, group, solo } = await given();
    const outcomes = await outcomesOf([
      book(context, practice, group, NINE),
      book(context, practice, solo, "2026-03-03T15:40:00.000Z"),
      book(context, practice, group, NINE),
    ]);
    const [first, alone, second] = outcomes.map((outcome) => outcome === "done");
    expect(alone).toBe(!first && !second);
    expect(first).toBe(second);
  }
});

test("first and last seats that come and go at once leave nothing behind", async () => {
  const { context, practice, group, slot } = await given(4);
  for (let round = 0; round < 5; round++) {
    const booked = await Promise.all([1, 2, 3, 4].map(() => book(context, practice, group, NINE)));
    const [stays, ...leave] = booked.map(({ reservationId }) => reservationId);
    const outcomes = await outcomesOf([
      ...leave.map((reservationId) => cancel(context, practice, reservationId)),
      book(context, practice, group, NINE),
    ]);
    expect(outcomes.slice(0, 3)).toEqual(["done", "done", "done"]);
    const { taken } = await slot();
    expect(taken).toBe(outcomes[3] === "done" ? 2 : 1);
    expect(await occupied(context)).toBe(GROUP_GRAINS);
    const rest = (await rowsOf(context, "resv")).filter(({ status }) => status === "confirmed");
    await Promise.all(rest.map(({ apt }) => cancel(context, practice, `res_${String(apt)}`)));
    expect(rest.map(({ apt }) => apt)).toContain(ulidIn(stays!));
    expect(await slot()).toMatchObject({ taken: 0 });
    expect(await occupied(context)).toBe(0);
  }
});

describe("held seats that end", () => {
  test("leave the group to those who are firm", async () => {
    const { context, practice, group, slot } = await given();
    const held = await ask(context, briefly(practice), group, NINE);
    const firm = await book(context, practice, group, NINE);
    context.at(held.expiresAt);
    await Request.expire(context, known(practice), held.requestId);
    expect(await slot()).toMatchObject({ taken: 1, holds: [] });
    expect(await occupied(context)).toBe(GROUP_GRAINS);
    await cancel(context, practice, firm.reservationId);
    expect(await occupied(context)).toBe(0);
  });

  test("give way to the next who asks for one, although no job has run", async () => {
    const { context, practice, group, slot } = await given(2);
    const held = await ask(context, briefly(practice), group, NINE);
    await book(context, practice, group, NINE);
    await expect(book(context, practice, group, NINE)).rejects.toMatchObject({ type: "slot-taken" });
    context.at(held.expiresAt);
    await expect(book(context, practice, group, NINE)).resolves.toMatchObject({ status: "confirmed" });
    expect(await slot()).toMatchObject({ taken: 2, holds: [] });
  });

  test("give their whole time to another service when nobody else sits there, and not before", async () => {
    const { context, practice, group, solo, slot, doctor } = await given(20);
    const held = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        ask(context, briefly(practice, 60 + index), group, NINE, {
          wish: { patientName: `Paciente ${index}` },
        }),
      ),
    );
    context.at(held[6]!.expiresAt);
    const alone = () => outcomesOf([book(context, practice, solo, "2026-03-03T15:20:00.000Z")]);
    expect(await alone()).toEqual(["slot-taken"]);
    context.at(held[7]!.expiresAt);
    expect(await alone()).toEqual(["done"]);
    expect(await slot()).toMatchObject({ taken: 0, holds: [] });
    for (const { requestId } of held) {
      expect(await Request.view(context, doctor, requestId)).toMatchObject({ status: "expired" });
    }
  });
});

describe("a service that changes while its group fills", () => {
  test.each([{ duration: 90 }, { duration: 30 }, { bufferAfter: 0 }, { bufferBefore: 30 }])(
    "to %o lets nobody join with another time, and the last who leaves gives back what the first took",
    async (changes) => {
      const { context, practice, group, slot, doctor } = await given();
      const first = await book(context, practice, group, NINE);
      const changed = await Service.edit(context, doctor, group.serviceId, changes);
      await expect(book(context, practice, changed, NINE)).rejects.toMatchObject({ type: "slot-taken" });
      await cancel(context, practice, first.reservationId);
      expect(await occupied(context)).toBe(0);
      const second = await book(context, practice, changed, NINE);
      await book(context, practice, changed, NINE);
      await cancel(context, practice, second.reservationId);
      expect(await slot()).toMatchObject({ taken: 1 });
    },
  );

  test("gives way where only holds that have ended sit in it", async () => {
    const { context, practice, group, doctor } = await given();
    const held = await ask(context, briefly(practice), group, NINE);
    const changed = await Service.edit(context, doctor, group.serviceId, { duration: 90 });
    await expect(book(context, practice, changed, NINE)).rejects.toMatchObject({ type: "slot-taken" });
    context.at(held.expiresAt);
    await expect(book(context, practice, changed, NINE)).resolves.toMatchObject({
      appointmentEndTime: "2026-03-03T16:30:00.000Z",
    });
  });
});

test("who looks for a seat in a full group asks the table once", async () => {
  const { context, practice, group } = await given(2);
  await Promise.all([1, 2].map(() => book(context, practice, group, NINE)));
  let reads = 0;
  context.dynamo.middlewareStack.add(
    (next) => (args) => {
      reads++;
      return next(args);
    },
    { step: "initialize" },
  );
  await expect(book(context, practice, group, NINE)).rejects.toMatchObject({ type: "slot-taken" });
  // The slot, and whether this very call had booked before.
  expect(reads).toBe(2);
});
