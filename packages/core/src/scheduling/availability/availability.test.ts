import { expect, test } from "vitest";
import { operationOf } from "../../platform/index.ts";
import { aPractice, doctorOf, once, outcomesOf, testContext, toldEvents } from "../../testing/index.ts";
import { Availability } from "../index.ts";

const { Exceptions, Rules } = Availability;

const given = async () => {
  const context = await testContext();
  const practice = aPractice(context);
  return { context, practice, doctor: doctorOf(practice) };
};

const mornings = { dayOfWeek: 1, startTime: "09:00", endTime: "13:00" };
const holiday = { date: "2026-09-16", windows: [], reason: "Día de la Independencia" };

test("hours are added, changed and taken away, and each is told", async () => {
  const { context, practice, doctor } = await given();
  const { ruleId } = await Rules.create(context, doctor, practice, mornings, once(context));
  await Rules.edit(context, doctor, practice, ruleId, { endTime: "24:00" }, 1);
  expect(await Rules.all(context, practice.profileId)).toMatchObject([
    { ...mornings, ruleId, endTime: "24:00", version: 2 },
  ]);
  await Rules.remove(context, doctor, practice, ruleId);
  expect(await Rules.all(context, practice.profileId)).toEqual([]);
  expect(await toldEvents(context)).toEqual(Array(3).fill("availability/changed"));
  await expect(Rules.byId(context, ruleId)).rejects.toMatchObject({ type: "not-found" });
});

test("adding them again with the same key adds nothing, and with other content is refused", async () => {
  const { context, practice, doctor } = await given();
  const rule = (input: Availability.NewRule) =>
    Rules.create(context, doctor, practice, input, operationOf(context, "test", "rule", input));
  const [first, second] = await Promise.all([rule(mornings), rule(mornings)]);
  expect(second).toEqual(first);
  await expect(rule({ ...mornings, dayOfWeek: 2 })).rejects.toMatchObject({ type: "idempotency-key-reused" });
  const close = (input: Availability.NewException) =>
    Exceptions.create(context, doctor, practice, input, operationOf(context, "test", "exception", input));
  expect(await close(holiday)).toEqual(await close(holiday));
  await expect(close({ ...holiday, reason: "Puente" })).rejects.toMatchObject({
    type: "idempotency-key-reused",
  });
  expect(await toldEvents(context)).toHaveLength(2);
});

test("an edit counts against the version that was read, and may not turn a window around", async () => {
  const { context, practice, doctor } = await given();
  const { ruleId } = await Rules.create(context, doctor, practice, mornings, once(context));
  const edit = (changes: Availability.RuleEdit, version?: number) =>
    Rules.edit(context, doctor, practice, ruleId, changes, version);
  await expect(edit({ startTime: "13:00" })).rejects.toMatchObject({ type: "invalid" });
  await edit({ startTime: "08:00" }, 1);
  await expect(edit({ startTime: "07:00" }, 1)).rejects.toMatchObject({ type: "stale" });
  const versions = (await Promise.all([edit({ endTime: "12:00" }), edit({ endTime: "11:00" })])).map(
    ({ version }) => version,
  );
  expect(versions.sort()).toEqual([3, 4]);
});

test("what is taken away twice, or at once, is taken away once", async () => {
  const { context, practice, doctor } = await given();
  const { ruleId } = await Rules.create(context, doctor, practice, mornings, once(context));
  const { exceptionId } = await Exceptions.create(context, doctor, practice, holiday, once(context));
  for (const remove of [
    () => Rules.remove(context, doctor, practice, ruleId),
    () => Exceptions.remove(context, doctor, practice, exceptionId),
  ]) {
    expect((await outcomesOf([remove(), remove()])).sort()).toEqual(["done", "not-found"]);
    expect(await outcomesOf([remove()])).toEqual(["not-found"]);
  }
  expect(await toldEvents(context)).toHaveLength(4);
});

test("only those who run the calendar may change its hours", async () => {
  const { context, practice, doctor } = await given();
  const { ruleId } = await Rules.create(context, doctor, practice, mornings, once(context));
  const { exceptionId } = await Exceptions.create(context, doctor, practice, holiday, once(context));
  const calls = (actor: Parameters<typeof Rules.create>[1]) => [
    Rules.create(context, actor, practice, mornings, once(context)),
    Rules.edit(context, actor, practice, ruleId, {}),
    Rules.remove(context, actor, practice, ruleId),
    Exceptions.create(context, actor, practice, holiday, once(context)),
    Exceptions.remove(context, actor, practice, exceptionId),
  ];
  expect(await outcomesOf(calls(doctorOf(aPractice(context))))).toEqual(Array(5).fill("not-found"));
  for (const actor of [{ ...doctor, roles: ["nurse" as const] }, { kind: "public" as const }]) {
    expect(await outcomesOf(calls(actor))).toEqual(Array(5).fill("forbidden"));
  }
  expect(await Rules.all(context, practice.profileId)).toHaveLength(1);
});

test("windows run forward and fall on five minutes", () => {
  const isRule = (changes: object) => Availability.NewRule.safeParse({ ...mornings, ...changes }).success;
  expect([{}, { endTime: "24:00" }, { startTime: "00:00" }].map(isRule)).toEqual([true, true, true]);
  const wrong = [{ endTime: "09:00" }, { startTime: "09:02" }, { dayOfWeek: 7 }, { slotDuration: 7 }];
  expect(wrong.map(isRule)).toEqual([false, false, false, false]);
  const isWindow = (startTime: string, endTime: string) =>
    Availability.NewException.safeParse({ ...holiday, windows: [{ startTime, endTime }] }).success;
  expect([isWindow("22:00", "24:00"), isWindow("22:00", "02:00")]).toEqual([true, false]);
});
