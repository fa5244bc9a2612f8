import { expect, test } from "vitest";
import { type Actor, Audit } from "../../platform/index.ts";
import {
  anOpenDay,
  aPractice,
  ask,
  doctorOf,
  known,
  once,
  outcomesOf,
  patientOf,
  testContext,
} from "../../testing/index.ts";
import { Request } from "../index.ts";

// Tuesday in Mexico City: 09:00, 09:20 and so on.
const starts = [0, 20, 40].map((minute) => `2026-03-03T15:${String(minute).padStart(2, "0")}:00.000Z`);

/** Three requests that wait for 180, 60 and 120 minutes. */
const given = async () => {
  const context = await testContext();
  const day = await anOpenDay(context, "2026-03-03");
  const { practice, service } = day;
  const asked: Request.RequestView[] = [];
  for (const [index, holdMinutes] of [180, 60, 120].entries()) {
    const policy = { ...practice.policy, holdMinutes };
    asked.push(await ask(context, { ...practice, policy }, service, starts[index]!));
  }
  const [last, first, second] = asked.map(({ requestId }) => requestId) as [string, string, string];
  const inbox = async (status: Request.RequestStatus = "pending") =>
    (await Request.inbox(context, doctorOf(practice), practice, { status, limit: 50 })).items.map(
      ({ requestId }) => requestId,
    );
  return { context, ...day, first, second, last, inbox, doctor: doctorOf(practice) };
};

test("the inbox shows what waits, nearest expiry first, and nothing clinical", async () => {
  const { context, practice, first, second, last, inbox, doctor } = await given();
  expect(await inbox()).toEqual([first, second, last]);
  const { items } = await Request.inbox(context, doctor, practice, { status: "pending", limit: 1 });
  expect(items).toMatchObject([{ patientName: "Lucía Ramírez", urgencyLevel: "normal", status: "pending" }]);
  expect(items[0]).not.toHaveProperty("chiefComplaint");
  expect(items[0]).not.toHaveProperty("patientPhone");
});

test("what is decided leaves it for its own list, latest decision first", async () => {
  const { context, practice, first, second, last, inbox, doctor } = await given();
  await Request.reject(context, doctor, { requestId: last, operation: once(context) });
  context.pass({ minutes: 5 });
  await Request.reject(context, doctor, { requestId: first, operation: once(context) });
  expect(await inbox()).toEqual([second]);
  expect(await inbox("rejected")).toEqual([first, last]);
  await Request.approve(context, doctor, known(practice), { requestId: second, operation: once(context) });
  expect(await inbox("approved")).toEqual([second]);
  expect(await inbox()).toEqual([]);
});

test("what has expired is not shown as waiting, whether or not a job has run", async () => {
  const { context, practice, first, second, last, inbox } = await given();
  context.pass({ minutes: 60 });
  expect(await inbox()).toEqual([second, last]);
  expect(await Request.due(context, context.now())).toMatchObject([{ status: "pending" }]);
  await Request.expire(context, known(practice), first);
  expect(await inbox("expired")).toEqual([first]);
  expect(await Request.due(context, context.now())).toEqual([]);
});

test("it can be read page by page", async () => {
  const { context, practice, first, second, last, doctor } = await given();
  const page = (cursor?: string) =>
    Request.inbox(context, doctor, practice, { status: "pending", limit: 2, ...(cursor && { cursor }) });
  const one = await page();
  const two = await page(one.nextCursor);
  expect([...one.items, ...two.items].map(({ requestId }) => requestId)).toEqual([first, second, last]);
});

test("only the care team reads it, and a request only its patient as well; the reading is logged by who read", async () => {
  const { context, practice, first, doctor } = await given();
  const stranger = doctorOf(aPractice(context));
  const nurse = { ...doctor, roles: ["nurse" as const] };
  const outsider = { ...nurse, careTeams: [] };
  const inbox = (actor: Actor) => Request.inbox(context, actor, practice, { status: "pending", limit: 1 });
  const view = (actor: Actor) => Request.view(context, actor, first);
  const actors: Actor[] = [stranger, outsider, { kind: "public" }, nurse];
  const outcomes = ["not-found", "forbidden", "forbidden", "done"];
  expect(await outcomesOf(actors.map(inbox))).toEqual(outcomes);
  expect(await outcomesOf(actors.map(view))).toEqual(outcomes);
  const patient = patientOf(practice, first);
  expect(await outcomesOf([inbox(patient)])).toEqual(["forbidden"]);
  expect(await view(patient)).toMatchObject({ chiefComplaint: "Dolor de cabeza desde hace tres días" });
  const read = await Audit.trail(context, practice.organizationId, first);
  expect(read.map(({ by, action }) => `${by} ${action}`)).toEqual([
    `${nurse.memberId} read/request`,
    "patient read/request",
  ]);
  await expect(Request.view(context, doctor, "req_01JDWXR3M8Q6V9T2KZB4N7HC5E")).rejects.toMatchObject({
    type: "not-found",
  });
});
