import { expect, test } from "vitest";
import { anOpenDay, ask, doctorOf, known, testContext } from "../../testing/index.ts";
import { Request } from "../index.ts";

// Tuesday in Mexico City.
const NINE = "2026-03-03T15:00:00.000Z";
const TEN = "2026-03-03T16:00:00.000Z";

const brief = { holdMinutes: 60 };

const given = async () => {
  const context = await testContext();
  const clinic = await anOpenDay(context, "2026-03-03");
  const practice = { ...clinic.practice, policy: { ...clinic.practice.policy, ...brief } };
  const practices = [practice];
  const expireOverdue = (profileId?: string) =>
    Request.expireOverdue(context, known(...practices), { profileId });
  return { context, practice, service: clinic.service, practices, expireOverdue };
};

test("requests whose time is up expire, and those that have time stay", async () => {
  const { context, practice, service, expireOverdue } = await given();
  const early = await ask(context, practice, service, NINE);
  context.pass({ minutes: 30 });
  const late = await ask(context, practice, service, TEN);
  context.at(early.expiresAt);
  expect(await expireOverdue()).toEqual([early.requestId]);
  expect(await expireOverdue()).toEqual([]);
  const doctor = doctorOf(practice);
  expect(await Request.view(context, doctor, late.requestId)).toMatchObject({ status: "pending" });
  await expect(ask(context, practice, service, NINE)).resolves.toMatchObject({ status: "pending" });
});

test("one calendar's requests expire without the others'", async () => {
  const { context, practice, service, practices, expireOverdue } = await given();
  const other = await anOpenDay(context, "2026-03-03", {}, { policy: practice.policy });
  practices.push(other.practice);
  const own = await ask(context, practice, service, NINE);
  const foreign = await ask(context, other.practice, other.service, NINE);
  context.at(own.expiresAt);
  expect(await expireOverdue(practice.profileId)).toEqual([own.requestId]);
  expect(await expireOverdue()).toEqual([foreign.requestId]);
});

test("one that cannot be expired keeps none of the others, and is thrown for", async () => {
  const { context, practice, service, practices, expireOverdue } = await given();
  const other = await anOpenDay(context, "2026-03-03", {}, { policy: practice.policy });
  const unknown = await ask(context, other.practice, other.service, NINE);
  const { requestId, expiresAt } = await ask(context, practice, service, NINE);
  context.at(expiresAt);
  await expect(expireOverdue()).rejects.toThrow("1 of 2 did not end");
  expect(await Request.view(context, doctorOf(practice), requestId)).toMatchObject({ status: "expired" });
  practices.push(other.practice);
  expect(await expireOverdue()).toEqual([unknown.requestId]);
});
