import { expect, test } from "vitest";
import { Request } from "../../booking/index.ts";
import type { Actor } from "../../platform/index.ts";
import {
  anOpenDay,
  anybody,
  aPractice,
  ask,
  book,
  doctorOf,
  freeTimes,
  known,
  once,
  outcomesOf,
  rowsOf,
  testContext,
  toldEvents,
} from "../../testing/index.ts";
import { Slot } from "../index.ts";

// Tuesday, 09:00 in Mexico City.
const TUESDAY = "2026-03-03";
const NINE = "2026-03-03T15:00:00.000Z";

const given = async () => {
  const context = await testContext();
  const day = await anOpenDay(context, TUESDAY);
  const { practice, service } = day;
  const key = { profileId: practice.profileId, serviceId: service.serviceId, start: NINE };
  return { context, ...day, key, doctor: doctorOf(practice) };
};

test("a blocked slot cannot be booked, by nobody", async () => {
  const { context, practice, service, key, doctor } = await given();
  await Slot.block(context, doctor, key);
  expect(
    await outcomesOf([ask(context, practice, service, NINE), book(context, practice, service, NINE)]),
  ).toEqual(["slot-blocked", "slot-blocked"]);
  expect(Slot.statusOf(await Slot.get(context, key), context.now())).toBe("blocked");
});

test("a slot that is opened again is told as free and can be booked", async () => {
  const { context, practice, service, key, doctor } = await given();
  await Slot.block(context, doctor, key);
  await Slot.unblock(context, doctor, key);
  expect((await toldEvents(context)).at(-1)).toBe("slot/released");
  expect(await freeTimes(context, practice, TUESDAY)).toContain("09:00");
  await expect(book(context, practice, service, NINE)).resolves.toMatchObject({ status: "confirmed" });
});

test("blocking twice and opening twice does nothing more, also at once", async () => {
  const { context, key, doctor } = await given();
  await Promise.all([1, 2, 3].map(() => Slot.block(context, doctor, key)));
  await Slot.block(context, doctor, key);
  const facts = (await toldEvents(context)).length;
  await Promise.all([1, 2, 3].map(() => Slot.unblock(context, doctor, key)));
  await Slot.unblock(context, doctor, key);
  expect((await toldEvents(context)).length).toBe(facts + 1);
  const owners = (await rowsOf(context, "hour")).flatMap((row) =>
    Object.keys(row).filter((name) => /^g\d+$/.test(name)),
  );
  expect(owners).toEqual([]);
});

test("a slot that is held or booked cannot be blocked", async () => {
  const { context, practice, service, key, doctor } = await given();
  const { requestId } = await ask(context, practice, service, NINE);
  await expect(Slot.block(context, doctor, key)).rejects.toMatchObject({ type: "slot-taken" });
  await Request.approve(context, doctor, known(practice), { requestId, operation: once(context) });
  await expect(Slot.block(context, doctor, key)).rejects.toMatchObject({ type: "slot-taken" });
});

test("a slot whose hold has ended can be blocked although no job has run", async () => {
  const { context, practice, service, key, doctor } = await given();
  const { requestId, expiresAt } = await ask(context, practice, service, NINE);
  context.at(expiresAt);
  await Request.pastEndedHolds(context, practice, () => Slot.block(context, doctor, key));
  expect(await Request.view(context, doctor, requestId)).toMatchObject({ status: "expired" });
  expect(await Slot.get(context, key)).toMatchObject({ blocked: true, taken: 0, holds: [] });
});

test("of a booking and a block at once exactly one wins", async () => {
  for (let round = 0; round < 10; round++) {
    const { context, practice, service, key, doctor } = await given();
    const outcomes = await outcomesOf([
      Slot.block(context, doctor, key),
      ask(context, practice, service, NINE),
    ]);
    expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(1);
  }
});

test("only those who run the calendar may block", async () => {
  const { context, practice, key, doctor } = await given();
  const stranger = doctorOf(aPractice(context));
  const colleague = doctorOf({ ...aPractice(context), organizationId: practice.organizationId });
  const nurse = { ...doctor, roles: ["nurse" as const] };
  for (const verb of [Slot.block, Slot.unblock]) {
    await expect(verb(context, stranger, key)).rejects.toMatchObject({ type: "not-found" });
    for (const actor of [colleague, nurse, { kind: "public" as const }]) {
      await expect(verb(context, actor, key)).rejects.toMatchObject({ type: "forbidden" });
    }
    const missing = { ...key, start: "2026-03-03T03:00:00.000Z" };
    await expect(verb(context, doctor, missing)).rejects.toMatchObject({ type: "not-found" });
  }
});

test("blocked slots are listed for the clinic's staff alone, those of the stretch that is asked for", async () => {
  const { context, practice, service, key, doctor } = await given();
  await Slot.block(context, doctor, key);
  await Slot.block(context, doctor, { ...key, start: "2026-03-03T16:00:00.000Z" });
  const hour = { start: NINE, end: "2026-03-03T16:00:00.000Z" };
  const blocked = (actor: Actor) => Slot.blockedIn(context, actor, practice, hour);
  expect(await blocked(doctor)).toEqual([
    {
      slotId: Slot.slotIdOf(key),
      serviceId: service.serviceId,
      startTime: NINE,
      endTime: "2026-03-03T15:20:00.000Z",
    },
  ]);
  await Slot.unblock(context, doctor, key);
  expect(await blocked(doctor)).toEqual([]);
  const others = [doctorOf(aPractice(context)), anybody];
  expect(await outcomesOf(others.map(blocked))).toEqual(["not-found", "forbidden"]);
});
