import { expect, test } from "vitest";
import { anOpenDay, ask, book, slotAt, testContext } from "../../testing/index.ts";
import { Slot } from "../index.ts";

// Tuesday in Mexico City, open from 09:00 to 13:00.
const NINE = "2026-03-03T15:00:00.000Z";
const TWENTY_PAST = "2026-03-03T15:20:00.000Z";
const TWENTY_TO_TEN = "2026-03-03T15:40:00.000Z";

test("what went by free is found, what was booked or is to come is not", async () => {
  const context = await testContext();
  const { practice, service } = await anOpenDay(context, "2026-03-03");
  await book(context, practice, service, NINE);
  context.at("2026-03-03T15:45:00.000Z");
  expect(await Slot.passedFree(context, practice, "2026-03-03")).toEqual([
    slotAt(practice, service, TWENTY_PAST),
    slotAt(practice, service, TWENTY_TO_TEN),
  ]);
  expect(await Slot.passedFree(context, practice, "2026-03-02")).toEqual([]);
});

test("a slot whose hold ended before anybody decided went by free", async () => {
  const context = await testContext();
  const { practice, service } = await anOpenDay(context, "2026-03-03");
  await ask(context, practice, service, NINE);
  context.at("2026-03-03T15:10:00.000Z");
  expect(await Slot.passedFree(context, practice, "2026-03-03")).toEqual([slotAt(practice, service, NINE)]);
});

test("a group that met with places left did not go by free", async () => {
  const context = await testContext();
  const { practice, service } = await anOpenDay(context, "2026-03-03", { capacity: 5 });
  await book(context, practice, service, NINE);
  context.at("2026-03-03T15:10:00.000Z");
  expect(await Slot.passedFree(context, practice, "2026-03-03")).toEqual([]);
});
