import { beforeEach, describe, expect, test } from "vitest";
import { Reservation } from "../../booking/index.ts";
import { Preference } from "../../notifications/index.ts";
import { commit, idFrom, Outbox, type Practice, type Staff } from "../../platform/index.ts";
import { Generation, type Service } from "../../scheduling/index.ts";
import {
  ask,
  book,
  doctorOf,
  known,
  offer,
  once,
  openDaily,
  openPractice,
  type TestContext,
  testContext,
} from "../../testing/index.ts";
import { Run } from "../index.ts";
import { beat, health, lateSchedules, minutesOf, missingDays, missingReminders, silence } from "./index.ts";

// Monday, 2 March 2026, 09:00 in Mexico City: the time at which tests begin. There it is
const TUESDAY_9AM = "2026-03-03T15:00:00.000Z";

let context: TestContext;
let practice: Practice;
let service: Service.MedicalService;

const adminOf = ({ organizationId }: Practice): Staff => ({
  ...doctorOf(practice),
  organizationId,
  roles: ["admin"],
});

beforeEach(async () => {
  context = await testContext();
  practice = await openPractice(context);
  service = await offer(context, practice);
  await openDaily(context, practice);
  await Generation.generate(context, practice, { from: "2026-03-02", to: "2026-03-04" });
  await Outbox.relay(context, async () => undefined, await Outbox.waiting(context, 0));
});

const schedules = [
  { workflow: "workflow-health-check", minutes: 5 },
  { workflow: "slot-generation-scheduler", minutes: 15 },
];
const workflows = [...schedules.map(({ workflow }) => workflow), "request-approval"];

const completed = (workflow: string) =>
  Run.record(context, {
    ...{ runId: context.newUlid(), workflow, status: "completed" },
    ...{ endedAt: context.now(), triggers: [] },
  });

const late = async () => (await lateSchedules(context)).map(({ workflow }) => workflow);

describe("a schedule", () => {
  test("is late five minutes after it should have completed a run", async () => {
    await beat(context, schedules);
    await completed("slot-generation-scheduler");
    context.pass({ minutes: 9, seconds: 59 });
    expect(await late()).toEqual([]);
    context.pass({ seconds: 1 });
    expect(await late()).toEqual(["workflow-health-check"]);
    await beat(context, schedules);
    context.pass({ minutes: 9, seconds: 59 });
    expect(await late()).toEqual([]);
    context.pass({ seconds: 1 });
    await beat(context, schedules);
    expect(await lateSchedules(context)).toEqual([{ workflow: "slot-generation-scheduler", seconds: 1200 }]);
    await completed("slot-generation-scheduler");
    expect(await late()).toEqual([]);
  });

  test("that only fails is late as well", async () => {
    await beat(context, schedules);
    for (let tick = 0; tick < 5; tick++) {
      context.pass({ minutes: 5 });
      await beat(context, schedules);
      await Run.record(context, {
        ...{ runId: context.newUlid(), workflow: "slot-generation-scheduler", status: "failed" },
        ...{ endedAt: context.now(), triggers: [] },
      });
    }
    expect(await late()).toEqual(["slot-generation-scheduler"]);
  });

  test.each([
    ["*/15 * * * *", 15],
    ["* * * * *", 1],
    ["7 * * * *", 60],
    ["0 */6 * * *", 360],
    ["TZ=America/Mexico_City 0 3 * * *", 1440],
  ])("%s ticks every %d minutes", (cron, minutes) => {
    expect(minutesOf(cron)).toBe(minutes);
  });
});

test("whoever watches the health check hears for how long it has been silent, from the beginning on", async () => {
  expect(await silence(context)).toBe(0);
  context.pass({ minutes: 9 });
  expect(await silence(context)).toBe(540);
  await beat(context, schedules);
  expect(await silence(context)).toBe(0);
});

describe("a calendar's tomorrow", () => {
  test("is missing until its slots are made, by its own zone", async () => {
    const { profileId } = practice;
    const tuesday = [{ profileId, date: "2026-03-03" }];
    expect(await missingDays(context, practice.organizationId)).toEqual(tuesday);
    await Generation.noteDay(context, practice, "2026-03-03");
    expect(await missingDays(context, practice.organizationId)).toEqual([]);
    // Monday, 23:59, and midnight, which in UTC is Tuesday either way.
    context.at("2026-03-03T05:59:00.000Z");
    expect(await missingDays(context, practice.organizationId)).toEqual([]);
    context.at("2026-03-03T06:00:00.000Z");
    expect(await missingDays(context, practice.organizationId)).toEqual([{ profileId, date: "2026-03-04" }]);
  });
});

describe("a reminder", () => {
  const missing = async () =>
    (await missingReminders(context, practice.organizationId)).map(({ hours }) => hours);

  test("is missing when nobody tried to send it for ten minutes, while it helps", async () => {
    const { reservationId } = await book(context, practice, service, TUESDAY_9AM);
    // Due two hours before the start: at 13:00 in UTC.
    context.at("2026-03-03T13:10:00.000Z");
    expect(await missing()).toEqual([]);
    context.at("2026-03-03T13:10:00.001Z");
    expect(await missing()).toEqual([2]);
    await Reservation.reminderSent(context, known(practice), { reservationId, hours: 2 });
    expect(await missing()).toEqual([]);
    context.at("2026-03-03T15:00:01.000Z");
    expect(await missing()).toEqual([]);
  });

  test("is not taken for sent where the table leaves its visit unread", async () => {
    await book(context, practice, service, TUESDAY_9AM);
    context.at("2026-03-03T13:30:00.000Z");
    context.dynamo.middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        if (args.input && "RequestItems" in args.input && "Responses" in (result.output as object)) {
          Object.assign(result.output as object, { Responses: {}, UnprocessedKeys: args.input.RequestItems });
        }
        return result;
      },
      { step: "initialize" },
    );
    await expect(missing()).rejects.toMatchObject({ type: "busy" });
  });

  test("that waits for the end of the patient's quiet hours is not", async () => {
    const { reservationId } = await book(context, practice, service, TUESDAY_9AM);
    const { patientId } = await Reservation.get(context, reservationId);
    const owner = { organizationId: practice.organizationId, patientId };
    // It falls due at 07:00 by the wall clock.
    await Preference.edit(context, doctorOf(practice), owner, { quietHours: { from: "21:00", to: "07:30" } });
    for (const at of ["13:20", "13:39"]) {
      context.at(`2026-03-03T${at}:00.000Z`);
      expect(await missing()).toEqual([]);
    }
    context.at("2026-03-03T13:40:00.000Z");
    expect(await missing()).toEqual([2]);
  });

  test("of a visit that was cancelled is not", async () => {
    const { reservationId } = await book(context, practice, service, TUESDAY_9AM);
    await Reservation.cancel(context, doctorOf(practice), { reservationId, operation: once(context) });
    context.at("2026-03-03T13:30:00.000Z");
    expect(await missing()).toEqual([]);
  });
});

describe("health", () => {
  const troubles = async (actor = adminOf(practice)) =>
    (await health(context, actor, workflows)).checks.filter(({ status }) => status !== "ok");

  const ran = (status: Run.RunStatus, workflow = "request-approval") =>
    Run.record(context, {
      ...{ runId: context.newUlid(), workflow, status, endedAt: context.now() },
      triggers: [
        { name: "reservation/request-created", id: "1", ts: 0, data: { profileId: practice.profileId } },
      ],
      ...(status === "failed" && { error: { kind: "TypeError", message: "" } }),
    });

  test("is well where all is done that should be", async () => {
    await Generation.noteDay(context, practice, "2026-03-03");
    await beat(context, schedules);
    expect(await health(context, adminOf(practice), workflows)).toEqual({
      ...{ totalWorkflows: 3, activeWorkflows: 0, failedWorkflows: 0 },
      ...{ successRate: 1, averageExecutionTime: 0 },
      checks: ["schedules", "outbox", "requests", "slots", "reminders", "failed-runs"].map((name) =>
        expect.objectContaining({ name, status: "ok", count: 0 }),
      ),
    });
  });

  test("counts the runs of a day, and how long their steps were at work", async () => {
    context.at("2026-03-01T15:00:00.000Z");
    await ran("failed");
    context.at("2026-03-02T15:00:00.000Z");
    for (const status of ["completed", "completed", "completed", "failed"] as const) await ran(status);
    const runId = context.newUlid();
    await Run.took(context, runId, { milliseconds: 1000, failed: false });
    await Run.record(context, {
      ...{ runId, workflow: "request-decision", status: "cancelled", endedAt: context.now() },
      triggers: [{ name: "reservation/approved", id: "1", ts: 0, data: { profileId: practice.profileId } }],
    });
    await completed("slot-generation-scheduler");
    expect(await health(context, adminOf(practice), workflows)).toMatchObject({
      ...{ activeWorkflows: 3, failedWorkflows: 1, successRate: 0.75, averageExecutionTime: 200 },
    });
  });

  test("says at the time that it is asked what is wrong, also when nothing runs", async () => {
    await beat(context, schedules);
    await ask(context, practice, service, TUESDAY_9AM);
    await ran("failed");
    context.pass({ minutes: 4 });
    expect((await troubles()).map(({ name }) => name)).toEqual(["outbox", "slots", "failed-runs"]);
    context.at("2026-03-03T15:10:00.000Z");
    expect(await troubles()).toMatchObject([
      { name: "schedules", count: 2, about: schedules.map(({ workflow }) => workflow) },
      { name: "outbox", count: 1 },
      { name: "requests", count: 1, seconds: 600 },
      { name: "slots", count: 1, about: [practice.profileId] },
      { name: "failed-runs", count: 1 },
    ]);
  });

  test("is said to admins, of their own clinic", async () => {
    await expect(health(context, doctorOf(practice), workflows)).rejects.toMatchObject({ type: "forbidden" });
    const other = await openPractice(context, {}, { slug: "clinica-condesa" });
    await Generation.noteDay(context, other, "2026-03-03");
    await ran("failed");
    await ask(context, practice, service, TUESDAY_9AM);
    await Outbox.relay(context, async () => undefined, await Outbox.waiting(context, 0));
    context.at("2026-03-03T05:00:00.000Z");
    const { failedWorkflows, successRate } = await health(context, adminOf(other), workflows);
    expect([failedWorkflows, successRate]).toEqual([0, 1]);
    expect(await troubles(adminOf(other))).toEqual([]);
  });

  test("says of facts that wait how many, and not whose they are", async () => {
    const fact = {
      organizationId: idFrom("organization", context.newUlid()),
      about: practice.profileId,
      events: ["slot/expired-cleanup" as const],
      data: { profileId: practice.profileId, expiredSlotIds: [], cleanupDate: "2026-03-01" },
    };
    await commit(context, [Outbox.tell(context, { kind: "system" }, fact)]);
    await Generation.noteDay(context, practice, "2026-03-03");
    context.pass({ minutes: 3 });
    expect(await troubles()).toEqual([
      { name: "outbox", status: "trouble", count: 1, seconds: 180, about: undefined },
    ]);
  });
});
