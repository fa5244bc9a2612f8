import { expect, test } from "vitest";
import { anOpenDay, ask, book, doctorOf, slotAt, testContext } from "../../testing/index.ts";
import { Availability, Generation, Service } from "../index.ts";

// Tuesday in Mexico City, open from 09:00 to 13:00.
const TUESDAY = "2026-03-03";
const NINE = "2026-03-03T15:00:00.000Z";
const TEN = "2026-03-03T16:00:00.000Z";

const given = async () => {
  const context = await testContext();
  const { practice, service } = await anOpenDay(context, TUESDAY);
  const doctor = doctorOf(practice);
  const openFrom = async (startTime: string) => {
    for (const { ruleId } of await Availability.Rules.all(context, practice.profileId)) {
      await Availability.Rules.edit(context, doctor, practice, ruleId, { startTime });
    }
  };
  const found = () => Generation.conflicts(context, practice, [TUESDAY]);
  const conflict = (startTime: string) => ({ slotId: slotAt(practice, service, startTime), startTime });
  return { context, practice, service, doctor, openFrom, found, conflict };
};

test("what is booked or asked for outside the new hours is found, what fits and what is free is not", async () => {
  const { context, practice, service, openFrom, found, conflict } = await given();
  await book(context, practice, service, NINE);
  await ask(context, practice, service, "2026-03-03T15:40:00.000Z");
  await book(context, practice, service, TEN);
  expect(await found()).toEqual([]);
  await openFrom("10:00");
  expect(await found()).toEqual([conflict(NINE), conflict("2026-03-03T15:40:00.000Z")]);
});

test("a request whose time is up conflicts with nothing, and neither does a visit that has begun", async () => {
  const { context, practice, service, openFrom, found, conflict } = await given();
  const brief = { ...practice, policy: { ...practice.policy, holdMinutes: 60 } };
  await ask(context, brief, service, NINE);
  await book(context, practice, service, "2026-03-03T15:20:00.000Z");
  await openFrom("10:00");
  context.pass({ hours: 1 });
  expect(await found()).toEqual([conflict("2026-03-03T15:20:00.000Z")]);
  context.at("2026-03-03T15:20:00.000Z");
  expect(await found()).toEqual([]);
});

test("a service that is offered no more, or takes longer now, leaves its visits without room", async () => {
  const { context, practice, service, doctor, found, conflict } = await given();
  await book(context, practice, service, NINE);
  await Service.edit(context, doctor, service.serviceId, { duration: 30 });
  expect(await found()).toEqual([conflict(NINE)]);
  await Service.edit(context, doctor, service.serviceId, { duration: 20 });
  expect(await found()).toEqual([]);
  await Service.edit(context, doctor, service.serviceId, { active: false });
  expect(await found()).toEqual([conflict(NINE)]);
});

test("only the dates that are asked for are looked at, not those between them", async () => {
  const { context, practice, service, openFrom, conflict } = await given();
  const days = ["2026-03-03", "2026-03-04", "2026-03-05"];
  await Generation.generate(context, practice, { from: days[1]!, to: days[2]! });
  const nines = [NINE, "2026-03-04T15:00:00.000Z", "2026-03-05T15:00:00.000Z"];
  for (const nine of nines) await book(context, practice, service, nine);
  await openFrom("10:00");
  const found = await Generation.conflicts(context, practice, ["2026-03-03", "2026-03-05"]);
  expect(found).toEqual([conflict(nines[0]!), conflict(nines[2]!)]);
  expect(await Generation.conflicts(context, practice, [])).toEqual([]);
});
