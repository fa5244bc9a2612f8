import { Reservation } from "@turno/core/booking";
import { Run } from "@turno/core/operations";
import type { Practice, Staff } from "@turno/core/platform";
import { book, doctorOf, once } from "@turno/core/testing";
import { describe, expect, test } from "vitest";
import { type Clinic, openClinic } from "./clinic.ts";

// The test's time begins on Monday, 2 March 2026, 09:00 in Mexico City. There it is
const MONDAY_NOON = "2026-03-02T18:00:00.000Z";
const FRIDAY_9AM = "2026-03-06T15:00:00.000Z";

const LUCIA = "+525587654321";
const days = { from: "2026-03-02", to: "2026-03-06" };

const adminOf = (practice: Practice): Staff => ({ ...doctorOf(practice), roles: ["admin"] });

const opened = (options: Parameters<typeof openClinic>[0] = {}) =>
  openClinic({ days, recorded: true, ...options });

const logOf = async ({ context, practice }: Clinic, workflow: string) => {
  const { items } = await Run.list(context, adminOf(practice), { workflow }, { limit: 50 });
  return items.reverse();
};

const cancel = ({ context, practice }: Clinic, reservationId: string) =>
  Reservation.cancel(context, doctorOf(practice), { reservationId, operation: once(context) });

const retry = async ({ context, practice, advance }: Clinic, runId: string) => {
  await Run.retry(context, adminOf(practice), { runId, operation: once(context) });
  await advance("1m");
};

/** A visit on Friday that is cancelled while nobody can be told: its run fails. */
const failedCancellation = async (options: Parameters<typeof openClinic>[0] = {}) => {
  const clinic = await opened(options);
  const { context, practice, service, channel, advance } = clinic;
  const { reservationId } = await book(context, practice, service, FRIDAY_9AM);
  await advance("1m");
  channel.down(true);
  await cancel(clinic, reservationId);
  await advance("1h");
  channel.down(false);
  return { clinic, reservationId };
};

describe("the run log", () => {
  test("has a run that completed, with what its steps took", async () => {
    const clinic = await opened();
    const { context, practice, service, advance } = clinic;
    await book(context, practice, service, FRIDAY_9AM);
    await advance("1m");
    const [run] = await logOf(clinic, "patient-registration");
    expect(run).toMatchObject({
      status: "completed",
      startedAt: "2026-03-02T15:00:00.000Z",
      duration: 0,
      steps: 1,
      failedAttempts: 0,
      trigger: { event: "reservation/created" },
    });
    expect(run?.runId).toBe(clinic.runs("patient-registration")[0]?.id);
    await advance(FRIDAY_9AM);
    const [reminders] = await logOf(clinic, "appointment-reminders");
    // It slept for nearly four days, and was at work for moments.
    expect(reminders?.duration).toBeGreaterThan(90 * 3_600_000);
    expect(reminders?.executionTime).toBeLessThan(60_000);
    expect(reminders?.steps).toBeGreaterThan(4);
  });

  test("has a run that failed, once, with its event as it travelled and the words of no stranger", async () => {
    const { clinic } = await failedCancellation();
    const [run, ...others] = await logOf(clinic, "appointment-cancellation");
    expect(others).toEqual([]);
    expect(run).toMatchObject({
      status: "failed",
      error: { message: "The message could not be sent for now: unreachable." },
    });
    expect(run?.failedAttempts).toBeGreaterThan(1);
    const { triggers = [] } = (await Run.find(clinic.context, run!.runId)) ?? {};
    expect(triggers).toMatchObject([{ name: "reservation/cancelled" }]);
    expect(String(triggers[0]?.data.patientPhone)).toMatch(/^sealed\.v1\./);
  });

  test("has a run that was cancelled", async () => {
    const { clinic } = await failedCancellation();
    expect(await logOf(clinic, "appointment-reminders")).toMatchObject([{ status: "cancelled" }]);
  });
});

describe("a failed run that is retried", () => {
  test("tells both sides once, and nobody else's work is done again", async () => {
    const { clinic } = await failedCancellation();
    const [failed] = await logOf(clinic, "appointment-cancellation");
    const before = clinic.runs("patient-registration").length;
    await retry(clinic, failed!.runId);
    const both = await logOf(clinic, "appointment-cancellation");
    expect(both).toMatchObject([
      { runId: failed!.runId, retriedAs: both[1]!.runId, retryStatus: "completed" },
      { status: "completed", retryOf: failed!.runId, trigger: failed!.trigger },
    ]);
    expect(clinic.told(LUCIA)).toEqual(["appointment_confirmed", "appointment_cancelled"]);
    expect(clinic.runs("appointment-cancellation")).toHaveLength(2);
    expect(clinic.runs("patient-registration")).toHaveLength(before);
  });

  test("runs although the service remembers its idempotency key, and repeats nothing that was done", async () => {
    const clinic = await opened({ policy: { reminderHours: [2] } });
    const { context, practice, service, channel, advance, told } = clinic;
    channel.down(true);
    const { reservationId } = await book(context, practice, service, MONDAY_NOON);
    await advance("50m");
    channel.down(false);
    // Reminded of at ten; the confirmation was given up.
    await advance("20m");
    expect(told(LUCIA)).toEqual(["appointment_reminder_2h"]);
    const [failed] = await logOf(clinic, "appointment-reminders");
    expect(failed).toMatchObject({ status: "failed" });
    await retry(clinic, failed!.runId);
    expect(told(LUCIA)).toEqual(["appointment_reminder_2h", "appointment_confirmed"]);
    expect(await logOf(clinic, "appointment-reminders")).toMatchObject([
      { retryStatus: "completed" },
      { status: "completed" },
    ]);
    expect((await Reservation.get(context, reservationId)).reminded).toEqual([2]);
    // Only what begins a run anew is let past the key.
    const [{ triggers = [] } = {}] = [await Run.find(context, failed!.runId)];
    await clinic.send(...triggers.map(({ name, data }) => ({ name, data: { ...data } })));
    expect(clinic.runs("appointment-reminders")).toHaveLength(2);
  });

  test("fails again while the world is as it was, and succeeds when that run is retried", async () => {
    const { clinic } = await failedCancellation();
    clinic.channel.down(true);
    const [first] = await logOf(clinic, "appointment-cancellation");
    await retry(clinic, first!.runId);
    await clinic.advance("1h");
    clinic.channel.down(false);
    const [, second] = await logOf(clinic, "appointment-cancellation");
    expect(second).toMatchObject({ status: "failed", retryOf: first!.runId });
    await retry(clinic, second!.runId);
    expect(await logOf(clinic, "appointment-cancellation")).toMatchObject([
      { retryStatus: "failed" },
      { retryStatus: "completed" },
      { status: "completed", retryOf: second!.runId },
    ]);
    expect(clinic.told(LUCIA)).toEqual(["appointment_confirmed", "appointment_cancelled"]);
  });

  test("recovers with all others that an outage left behind", async () => {
    const clinic = await opened();
    const { context, practice, service, channel, advance, told } = clinic;
    const starts = ["15:00", "15:20", "15:40", "16:00", "16:20"].map((time) => `2026-03-06T${time}:00.000Z`);
    const booked = [];
    for (const start of starts) booked.push(await book(context, practice, service, start));
    await advance("1m");
    channel.down(true);
    for (const { reservationId } of booked) await cancel(clinic, reservationId);
    await advance("1h");
    channel.down(false);
    const wish = { workflow: "appointment-cancellation" };
    const answer = await Run.retryFailed(context, adminOf(practice), wish, once(context));
    expect(answer).toEqual({ retried: 5, success: 5, failed: 0 });
    await advance("2m");
    const log = await logOf(clinic, "appointment-cancellation");
    expect(log.filter(({ retryStatus }) => retryStatus === "completed")).toHaveLength(5);
    expect(told(LUCIA).filter((template) => template === "appointment_cancelled")).toHaveLength(5);
  });
});
