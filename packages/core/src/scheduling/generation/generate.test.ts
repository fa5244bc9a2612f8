import { expect, test } from "vitest";
import { Request, Reservation } from "../../booking/index.ts";
import {
  aPractice,
  ask,
  book,
  doctorOf,
  freeTimes,
  known,
  meter,
  offer,
  once,
  openDaily,
  rowsOf,
  slotAt,
  type TestContext,
  testContext,
} from "../../testing/index.ts";
import { Availability, Generation, Service, Slot } from "../index.ts";

// Tuesday in Mexico City; 09:00 there is 15:00 UTC.
const TUESDAY = "2026-03-03";
const NINE = "2026-03-03T15:00:00.000Z";
const TEN = "2026-03-03T16:00:00.000Z";

/** A practice with one service of an hour, open from 09:00 to 12:00. */
const given = async (service: Partial<Service.NewService> = {}) => {
  const context = await testContext();
  const practice = aPractice(context);
  const offered = await offer(context, practice, { duration: 60, ...service });
  await openDaily(context, practice, { endTime: "12:00" });
  const generate = (from = TUESDAY, to = from) => Generation.generate(context, practice, { from, to });
  return { context, practice, service: offered, generate, doctor: doctorOf(practice) };
};

const close = (context: TestContext, practice: ReturnType<typeof aPractice>, date: string) =>
  Availability.Exceptions.create(context, doctorOf(practice), practice, { date, windows: [] }, once(context));

test("slots are made once, however often they are generated", async () => {
  const { context, generate } = await given();
  expect(await generate()).toEqual({ created: 3, kept: 0, removed: 0, conflicts: [] });
  expect(await generate()).toEqual({ created: 0, kept: 3, removed: 0, conflicts: [] });
  expect(await rowsOf(context, "slot")).toHaveLength(3);
});

test("two generators at once make each slot once", async () => {
  const { context, generate } = await given();
  const both = await Promise.all([
    generate("2026-03-03", "2026-03-06"),
    generate("2026-03-03", "2026-03-06"),
  ]);
  expect(both[0].created + both[1].created).toBe(12);
  expect(both[0].kept + both[1].kept).toBe(12);
  expect(await rowsOf(context, "slot")).toHaveLength(12);
});

test("two generators at once remove each slot once, and take that for no conflict", async () => {
  const { context, practice, generate } = await given();
  await generate();
  await close(context, practice, TUESDAY);
  const both = await Promise.all([generate(), generate()]);
  expect(both[0].removed + both[1].removed).toBe(3);
  expect(both.map(({ conflicts }) => conflicts)).toEqual([[], []]);
});

test("no slot is made in the past", async () => {
  const { context, practice, generate } = await given();
  context.at(TEN);
  expect(await generate()).toMatchObject({ created: 1 });
  expect(await generate("2026-03-02")).toMatchObject({ created: 0 });
  expect(await freeTimes(context, { ...practice, noticeMinutes: 0 }, TUESDAY)).toEqual(["11:00"]);
});

test("free slots that no hours call for any more are removed, booked ones stay as conflicts", async () => {
  const { context, practice, service, generate } = await given();
  await generate();
  await book(context, practice, service, NINE);
  await ask(context, practice, service, TEN);
  await close(context, practice, TUESDAY);
  expect(await generate()).toEqual({
    created: 0,
    kept: 0,
    removed: 1,
    conflicts: expect.arrayContaining([
      { slotId: slotAt(practice, service, NINE), startTime: NINE },
      { slotId: slotAt(practice, service, TEN), startTime: TEN },
    ]),
  });
  expect(await rowsOf(context, "slot")).toHaveLength(2);
});

test("a slot that no hours call for is not offered again when it is given up, until hours call for it", async () => {
  const { context, practice, service, generate, doctor } = await given();
  await generate();
  const { reservationId } = await book(context, practice, service, NINE);
  const { exceptionId } = await close(context, practice, TUESDAY);
  await generate();
  await Reservation.cancel(context, doctor, { reservationId, operation: once(context) });
  expect(await freeTimes(context, practice, TUESDAY)).toEqual([]);
  await expect(book(context, practice, service, NINE)).rejects.toMatchObject({ type: "slot-blocked" });
  await Availability.Exceptions.remove(context, doctor, practice, exceptionId);
  expect(await generate()).toMatchObject({ created: 2, kept: 1 });
  expect(await freeTimes(context, practice, TUESDAY)).toEqual(["09:00", "10:00", "11:00"]);
  await expect(book(context, practice, service, NINE)).resolves.toMatchObject({ status: "confirmed" });
});

test("a group that no hours call for keeps those who sit in it and takes nobody more", async () => {
  const { context, practice, service, generate } = await given({ capacity: 5 });
  await generate();
  await book(context, practice, service, NINE);
  await close(context, practice, TUESDAY);
  expect(await generate()).toMatchObject({ conflicts: [{ startTime: NINE }] });
  expect(await freeTimes(context, practice, TUESDAY)).toEqual([]);
  await expect(book(context, practice, service, NINE)).rejects.toMatchObject({ type: "slot-blocked" });
});

test("a request that waits when its hours are closed can still be approved", async () => {
  const { context, practice, service, generate, doctor } = await given();
  await generate();
  const { requestId } = await ask(context, practice, service, NINE);
  await close(context, practice, TUESDAY);
  await generate();
  await Request.approve(context, doctor, known(practice), { requestId, operation: once(context) });
  expect(await Request.view(context, doctor, requestId)).toMatchObject({ status: "approved" });
});

test("an exception that is taken back opens the date again", async () => {
  const { context, practice, generate, doctor } = await given();
  const { exceptionId } = await close(context, practice, TUESDAY);
  expect(await generate()).toMatchObject({ created: 0 });
  await Availability.Exceptions.remove(context, doctor, practice, exceptionId);
  expect(await generate()).toMatchObject({ created: 3 });
});

test("an exception with other hours moves the day", async () => {
  const { context, practice, generate, doctor } = await given();
  await generate();
  const windows = [{ startTime: "11:00", endTime: "13:00" }];
  await Availability.Exceptions.create(context, doctor, practice, { date: TUESDAY, windows }, once(context));
  expect(await generate()).toEqual({ created: 1, kept: 1, removed: 2, conflicts: [] });
  expect(await freeTimes(context, practice, TUESDAY)).toEqual(["11:00", "12:00"]);
});

test("a service that changes its length or size reshapes free slots and no others", async () => {
  const { context, practice, service, generate, doctor } = await given();
  await generate();
  await book(context, practice, service, NINE);
  await Service.edit(context, doctor, service.serviceId, { duration: 45, capacity: 6 });
  const { conflicts, removed } = await generate();
  expect(conflicts).toEqual([{ slotId: slotAt(practice, service, NINE), startTime: NINE }]);
  expect(removed).toBe(2);
  const booked = await Slot.get(context, {
    profileId: practice.profileId,
    serviceId: service.serviceId,
    start: NINE,
  });
  expect(booked).toMatchObject({ end: TEN, capacity: 1, taken: 1 });
  expect(await freeTimes(context, practice, TUESDAY)).toEqual(["10:30", "11:15"]);
});

test("what has begun is left as it is", async () => {
  const { context, practice, service, generate, doctor } = await given();
  await generate();
  await book(context, practice, service, NINE);
  await Service.edit(context, doctor, service.serviceId, { duration: 30 });
  // 12:00 in Mexico City: the day is over.
  context.at("2026-03-03T18:00:00.000Z");
  expect(await generate()).toEqual({ created: 0, kept: 3, removed: 0, conflicts: [] });
  const slots = await rowsOf(context, "slot");
  expect(slots.map(({ start, end }) => [start, end])).toContainEqual([TEN, "2026-03-03T17:00:00.000Z"]);
});

test("a service that is not offered any more loses its free slots", async () => {
  const { context, practice, service, generate, doctor } = await given();
  await generate();
  await book(context, practice, service, NINE);
  await Service.edit(context, doctor, service.serviceId, { active: false });
  expect(await generate()).toMatchObject({ removed: 2, conflicts: [{ startTime: NINE }] });
});

test("a change by another process counts at once", async () => {
  const { context, service, generate, doctor } = await given();
  await generate();
  // Another process edits: what this one remembers is old.
  const elsewhere = await testContext({ table: context.table.table });
  await Service.edit(elsewhere, doctor, service.serviceId, { capacity: 4 });
  await generate();
  expect((await rowsOf(context, "slot")).map(({ max }) => max)).toEqual([4, 4, 4]);
});

test("a blocked slot stays blocked, in its own length, and can be opened again", async () => {
  const { context, practice, service, generate, doctor } = await given();
  await generate();
  const key = { profileId: practice.profileId, serviceId: service.serviceId, start: NINE };
  await Slot.block(context, doctor, key);
  await Service.edit(context, doctor, service.serviceId, { duration: 30 });
  await generate();
  expect(await Slot.get(context, key)).toMatchObject({ blocked: true, end: TEN });
  await close(context, practice, TUESDAY);
  await generate();
  await Slot.unblock(context, doctor, key);
  expect(await Slot.get(context, key)).toMatchObject({ blocked: false });
  const hours = await rowsOf(context, "hour");
  expect(hours.flatMap((row) => Object.keys(row).filter((name) => /^g\d+$/.test(name)))).toEqual([]);
  expect(await generate()).toMatchObject({ removed: 1, conflicts: [] });
});

test("nothing is removed or reshaped that is being booked at that moment", async () => {
  const { context, practice, service, generate } = await given();
  await generate();
  await close(context, practice, TUESDAY);
  const [generated, asked] = await Promise.all([
    generate(),
    ask(context, practice, service, NINE).then(
      () => true,
      () => false,
    ),
  ]);
  expect(generated.removed + generated.conflicts.length).toBe(3);
  expect(generated.conflicts).toHaveLength(asked ? 1 : 0);
});

test("only the exceptions of the dates are read, not the calendar behind them", async () => {
  const { context, practice, generate } = await given();
  await generate("2026-03-03", "2026-03-20");
  await close(context, practice, "2026-03-10");
  await close(context, practice, "2026-03-31");
  const between = (from: string, to: string) =>
    Availability.Exceptions.between(context, practice.profileId, from, to);
  const used = meter(context);
  expect((await between("2026-03-10", "2026-03-10")).map(({ date }) => date)).toEqual(["2026-03-10"]);
  expect(used.take().readUnits).toBeLessThanOrEqual(1);
  expect(await between("2026-03-11", "2026-03-30")).toEqual([]);
  expect(await between("0001-01-01", "9999-12-31")).toHaveLength(2);
});
