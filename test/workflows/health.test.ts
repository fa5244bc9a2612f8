import { DeleteItemCommand } from "@aws-sdk/client-dynamodb";
import { Request } from "@turno/core/booking";
import { Watch } from "@turno/core/operations";
import { type Practice, plus, type Staff } from "@turno/core/platform";
import { Generation } from "@turno/core/scheduling";
import { ask, book, doctorOf, freeTimes, rowsOf } from "@turno/core/testing";
import { workflowIds } from "@turno/workflows/ids";
import { describe, expect, test } from "vitest";
import { type Clinic, openClinic } from "./clinic.ts";

// The test's time begins on Monday, 2 March 2026, 09:00 in Mexico City. There it is
const TUESDAY = "2026-03-03";
const TUESDAY_9AM = "2026-03-03T15:00:00.000Z";
const FRIDAY_9AM = "2026-03-06T15:00:00.000Z";

const LUCIA = "+525587654321";

const adminOf = (practice: Practice): Staff => ({ ...doctorOf(practice), roles: ["admin"] });

type Findings = Parameters<NonNullable<Parameters<typeof openClinic>[0]>["measure"] & object>[0];

/** A clinic of which nothing is done by a schedule but the check that it is. */
async function watchedClinic(options: Parameters<typeof openClinic>[0] = {}) {
  const findings: Findings[] = [];
  const clinic = await openClinic({
    days: { from: "2026-03-02", to: "2026-03-06" },
    schedules: ["workflow-health-check"],
    recorded: true,
    measure: (values) => findings.push(values),
    ...options,
  });
  const { context, practice } = clinic;
  await Generation.noteDay(context, practice, TUESDAY);
  const troubles = async () => {
    const { checks } = await Watch.health(context, adminOf(practice), workflowIds);
    return checks.filter(({ status }) => status === "trouble").map(({ name }) => name);
  };
  return { ...clinic, clinic, findings, troubles };
}

/** Takes the slots of a day away, and that they were made. */
async function unmake({ context }: Clinic, date: string) {
  const rows = [...(await rowsOf(context, "generatedday")), ...(await rowsOf(context, "slot"))];
  const { table } = context.table;
  for (const { pk, sk } of rows.filter((row) => JSON.stringify(row).includes(date))) {
    await context.dynamo.send(
      new DeleteItemCommand({ TableName: table, Key: { pk: { S: `${pk}` }, sk: { S: `${sk}` } } }),
    );
  }
}

/** Of a round of the clinics. */
const clean = { SlotsMissing: 0, RemindersMissing: 0, FailedRuns: 0, Repairs: 0 };

test("a fact that waits although the relay should have told it is found within five minutes, and told within fifteen", async () => {
  const { context, practice, service, findings, holdOutbox, troubles, advance, told } = await watchedClinic();
  holdOutbox(true);
  await book(context, practice, service, FRIDAY_9AM);
  await advance("4m");
  expect(told(LUCIA)).toEqual([]);
  expect(await troubles()).toEqual(["outbox"]);
  await advance("11m");
  expect(findings.at(-1)).toMatchObject({ Repairs: 1 });
  expect(told(LUCIA)).toEqual(["appointment_confirmed"]);
  expect(await troubles()).toEqual([]);
});

describe("what a clinic lacks is found within an hour, and made up for", () => {
  test("a request that nobody expired", async () => {
    const { context, practice, service, findings, loseOutbox, advance, told } = await watchedClinic();
    const { requestId } = await ask(context, practice, service, FRIDAY_9AM);
    await loseOutbox();
    context.at(TUESDAY_9AM);
    context.pass({ minutes: 2 });
    expect((await Request.get(context, requestId)).status).toBe("pending");
    await advance("58m");
    expect((await Request.get(context, requestId)).status).toBe("expired");
    expect(findings.at(-1)).toMatchObject({ Repairs: expect.any(Number) });
    expect(told(LUCIA)).toEqual(["request_expired_patient"]);
  });

  test("a day whose slots got lost", async () => {
    const { clinic, context, practice, findings, troubles, advance } = await watchedClinic();
    await advance("1h");
    expect(findings.at(-1)).toMatchObject(clean);
    await unmake(clinic, TUESDAY);
    expect(await freeTimes(context, practice, TUESDAY)).toEqual([]);
    expect(await troubles()).toContain("slots");
    await advance("1h");
    expect(findings.at(-1)).toMatchObject({ SlotsMissing: 1, Repairs: 1 });
    expect(await freeTimes(context, practice, TUESDAY)).toHaveLength(12);
    await advance("1h");
    expect(findings.at(-1)).toMatchObject(clean);
    expect(await troubles()).not.toContain("slots");
    expect(clinic.runs("daily-slot-generation")).toHaveLength(1);
  });

  test("a reminder that no run waits for, once", async () => {
    const { context, practice, service, findings, loseOutbox, advance, told, runs } = await watchedClinic();
    await book(context, practice, service, TUESDAY_9AM);
    await loseOutbox();
    context.at(plus(TUESDAY_9AM, { hours: -2, minutes: 1 }));
    await advance("9m");
    expect(told(LUCIA)).toEqual([]);
    await advance("5m");
    expect(told(LUCIA)).toEqual(["appointment_reminder_2h"]);
    await advance("30m");
    expect(told(LUCIA)).toEqual(["appointment_reminder_2h"]);
    expect(findings.filter(({ RemindersMissing }) => RemindersMissing)).toHaveLength(1);
    expect(runs("due-reminders")).toMatchObject([{ status: "Completed" }]);
  });
});

describe("what stopped running by itself is noticed", () => {
  test("a schedule, by the check", async () => {
    const { findings, advance, troubles } = await watchedClinic();
    await advance("20m");
    expect(findings.at(-1)).toMatchObject({ LateSchedules: 0 });
    await advance("5m");
    // Every fifteen minutes, and nothing but the check ran.
    expect(findings.at(-1)?.LateSchedules).toBeGreaterThan(3);
    expect(await troubles()).toContain("schedules");
  });

  test("the check itself, by whoever asks and by the sweep, within five minutes", async () => {
    const { context, practice, advance } = await watchedClinic();
    await advance("5m");
    expect(await Watch.silence(context)).toBe(0);
    // From here on nothing runs. The next check would have been in five minutes, and five more are its grace.
    context.pass({ minutes: 10 });
    expect(await Watch.silence(context)).toBe(600);
    const { checks, failedWorkflows } = await Watch.health(context, adminOf(practice), workflowIds);
    expect(checks[0]).toMatchObject({ name: "schedules", about: ["workflow-health-check"], seconds: 600 });
    expect(failedWorkflows).toBe(1);
  });

  test("nothing, where all schedules tick", async () => {
    const { troubles, advance, clinic } = await watchedClinic({ schedules: true });
    await advance("35m");
    expect(await troubles()).toEqual([]);
    const admin = adminOf(clinic.practice);
    const { activeWorkflows, successRate } = await Watch.health(clinic.context, admin, workflowIds);
    expect(activeWorkflows).toBeGreaterThan(3);
    expect(successRate).toBe(1);
  });
});

test("figures of the clinic and its workflows are there after the rollup", async () => {
  const { context, practice, service, advance } = await watchedClinic({ schedules: ["analytics-rollup"] });
  await book(context, practice, service, TUESDAY_9AM);
  await advance("1m");
  context.at("2026-03-04T12:00:00.000Z");
  await advance("1m");
  const rows = await rowsOf(context, "analytics");
  const tuesday = rows.filter(({ d, date }) => (date ?? d) === TUESDAY);
  expect(tuesday.map(({ bookings }) => bookings)).toEqual([1, 1]);
  expect(await rowsOf(context, "tally")).not.toEqual([]);
});
