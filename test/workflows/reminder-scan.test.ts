import { Reservation } from "@turno/core/booking";
import { type Instant, plus, utcDateOf } from "@turno/core/platform";
import { book, doctorOf, known, once, slotAt } from "@turno/core/testing";
import { describe, expect, test } from "vitest";
import { type Clinic, openClinic } from "./clinic.ts";

// The test's time begins on Monday, 2 March 2026, 09:00 in Mexico City, where it is six hours earlier than in UTC and a
// clinic is scanned at 05:00. The visit is three weeks ahead.
const MONDAY_23_9AM = "2026-03-23T15:00:00.000Z";

const LUCIA = "+525587654321";
const days = { from: "2026-03-23", to: "2026-03-24" };
const schedules = ["reminder-scan"];

const all = [
  "appointment_confirmed",
  "appointment_reminder_72h",
  "appointment_reminder_24h",
  "appointment_reminder_2h",
];

/** A visit three weeks ahead, booked on Monday at 09:00. */
const booked = async (options: Parameters<typeof openClinic>[0] = {}) => {
  const clinic = await openClinic({ days, schedules, ...options });
  const { context, practice, service } = clinic;
  const { reservationId } = await book(context, practice, service, MONDAY_23_9AM);
  await clinic.settle();
  return { ...clinic, clinic, reservationId };
};

/**
 * Time goes by: each day shortly after the scan's hour, then two hours before `until`, and `until`. A tick that nobody ran
 * is made up for by the next, so that the ticks between need not be waited for.
 */
async function goTo({ context, settle }: Clinic, until: Instant): Promise<void> {
  const stopAt = async (instant: Instant) => {
    context.at(instant);
    await settle();
  };
  const today = utcDateOf(context.now());
  for (let day = `${today}T11:01:00.000Z`; day < until; day = plus(day, { days: 1 })) {
    if (day > context.now()) await stopAt(day);
  }
  const nextToLast = plus(until, { hours: -2 });
  if (nextToLast > context.now()) await stopAt(nextToLast);
  await stopAt(until);
}

const remindersOf = async ({ context, practice }: Clinic, reservationId: string) =>
  (await Reservation.view(context, doctorOf(practice), reservationId)).remindersSent;

const inspected = ({ engine }: Clinic, event: string): number =>
  engine.inspect().split(`"name":"${event}"`).length - 1;

describe("a visit three weeks ahead, where no run may sleep for more than a week", () => {
  test("is confirmed at once and reminded of at its times, and told of once", async () => {
    const { clinic, context, told, reservationId, runs } = await booked();
    expect(told(LUCIA)).toEqual(all.slice(0, 1));
    expect(runs("appointment-reminders")).toMatchObject([{ status: "Completed", output: { reminders: 0 } }]);
    await goTo(clinic, "2026-03-20T14:59:59.999Z");
    expect(told(LUCIA)).toEqual(all.slice(0, 1));
    await goTo(clinic, "2026-03-20T15:00:00.000Z");
    expect(told(LUCIA)).toEqual(all.slice(0, 2));
    await goTo(clinic, "2026-03-22T15:00:00.000Z");
    expect(told(LUCIA)).toEqual(all.slice(0, 3));
    await goTo(clinic, "2026-03-23T13:00:00.000Z");
    expect(told(LUCIA)).toEqual(all);
    await goTo(clinic, MONDAY_23_9AM);
    expect(told(LUCIA)).toEqual(all);
    expect(await remindersOf(clinic, reservationId)).toEqual([72, 24, 2]);
    expect(inspected(clinic, "appointment/reminder-24h")).toBe(1);
    expect(inspected(clinic, "appointment/reminder-2h")).toBe(1);
    // Each reminder was found by one scan.
    expect(runs("due-reminders")).toMatchObject([
      { status: "Completed", output: { reminders: 1 } },
      { status: "Completed", output: { reminders: 1 } },
      { status: "Completed", output: { reminders: 1 } },
    ]);
    expect(context.now()).toBe(MONDAY_23_9AM);
  });

  test("is reminded of on time although the scan was out for days", async () => {
    const { clinic, context, told } = await booked();
    await goTo(clinic, "2026-03-14T15:00:00.000Z");
    // Nothing is scanned from the 13th to the 18th, when the first reminder is two days away.
    context.at("2026-03-18T20:40:00.000Z");
    await clinic.settle();
    await goTo(clinic, "2026-03-20T15:00:00.000Z");
    expect(told(LUCIA)).toEqual(all.slice(0, 2));
    await goTo(clinic, MONDAY_23_9AM);
    expect(told(LUCIA)).toEqual(all);
  });

  test("is reminded of once when its scan is done twice", async () => {
    const { clinic, context, practice, told, send, reservationId, runs } = await booked();
    await goTo(clinic, "2026-03-20T12:00:00.000Z");
    const data = { reservationId, profileId: practice.profileId, hours: [72, 24, 2] };
    // Waits for the same moments as the runs that the scan began.
    await send({ name: "appointment/reminders-due", data });
    await goTo(clinic, MONDAY_23_9AM);
    expect(told(LUCIA)).toEqual(all);
    expect(clinic.channel.calls).toBe(4);
    expect(await remindersOf(clinic, reservationId)).toEqual([72, 24, 2]);
    expect(inspected(clinic, "appointment/reminder-24h")).toBe(1);
    expect(runs("due-reminders").every(({ status }) => status === "Completed")).toBe(true);
    expect(context.now()).toBe(MONDAY_23_9AM);
  });

  test("is not reminded of once it is cancelled, whether the scan has found it or not", async () => {
    for (const at of ["2026-03-10T15:00:00.000Z", "2026-03-20T14:00:00.000Z"]) {
      const { clinic, context, practice, told, reservationId } = await booked();
      await goTo(clinic, at);
      const operation = once(context);
      await Reservation.cancel(context, doctorOf(practice), { reservationId, operation });
      await clinic.settle();
      await goTo(clinic, "2026-03-20T12:00:00.000Z");
      await goTo(clinic, "2026-03-20T16:00:00.000Z");
      expect(told(LUCIA)).toEqual(["appointment_confirmed", "appointment_cancelled"]);
      expect(clinic.runs("due-reminders").map(({ status }) => status)).not.toContain("Running");
    }
  });

  test("is not reminded of either when nobody heard that it was cancelled", async () => {
    const { clinic, context, practice, told, reservationId, loseOutbox } = await booked();
    await goTo(clinic, "2026-03-20T12:00:00.000Z");
    await Reservation.cancel(context, doctorOf(practice), { reservationId, operation: once(context) });
    await loseOutbox();
    await goTo(clinic, "2026-03-20T16:00:00.000Z");
    expect(told(LUCIA)).toEqual(["appointment_confirmed"]);
    expect(clinic.runs("due-reminders")[0]).toMatchObject({ output: { ended: "before reminder 72h" } });
  });

  test("that is moved is reminded of at its new time alone", async () => {
    const { clinic, context, practice, service, told, reservationId } = await booked();
    await goTo(clinic, "2026-03-20T12:00:00.000Z");
    await Reservation.reschedule(context, doctorOf(practice), known(practice), {
      ...{ reservationId, operation: once(context) },
      slotId: slotAt(practice, service, "2026-03-24T15:00:00.000Z"),
    });
    await goTo(clinic, "2026-03-21T14:59:59.999Z");
    expect(told(LUCIA)).toEqual(["appointment_confirmed", "appointment_rescheduled"]);
    await goTo(clinic, "2026-03-24T15:00:00.000Z");
    expect(told(LUCIA).slice(2)).toEqual(all.slice(1));
  });
});

describe("a visit that is booked when the scan has been there", () => {
  test("waits for its near reminders itself, and for the others the scan does", async () => {
    const clinic = await openClinic({ days: { from: "2026-03-09", to: "2026-03-09" }, schedules });
    const { context, practice, service, advance, told, runs } = clinic;
    await advance("15m");
    // Monday the 9th at 09:00: two of its reminders are on Friday the 6th and Sunday the 8th.
    const { reservationId } = await book(context, practice, service, "2026-03-09T15:00:00.000Z");
    await clinic.settle();
    await goTo(clinic, "2026-03-06T15:00:00.000Z");
    await goTo(clinic, "2026-03-09T15:00:00.000Z");
    expect(told(LUCIA)).toEqual(all);
    expect(await remindersOf(clinic, reservationId)).toEqual([72, 24, 2]);
    expect(runs("appointment-reminders")).toMatchObject([{ output: { reminders: 1 } }]);
    expect(runs("due-reminders")).toMatchObject([{ output: { reminders: 1 } }, { output: { reminders: 1 } }]);
  });

  test("an hour before it is scanned is reminded of once", async () => {
    // Tuesday, 04:00: the clinic's last scan was on Monday.
    const clinic = await openClinic({ days: { from: "2026-03-11", to: "2026-03-11" }, schedules });
    await clinic.advance("15m");
    clinic.context.at("2026-03-03T10:00:00.000Z");
    const { context, practice, service } = clinic;
    await book(context, practice, service, "2026-03-11T15:00:00.000Z");
    await clinic.settle();
    await goTo(clinic, "2026-03-11T15:00:00.000Z");
    expect(clinic.told(LUCIA)).toEqual(all);
    expect(clinic.channel.calls).toBe(4);
  });
});

describe("where the clocks change on the way", () => {
  test.each([
    // Madrid, 29 March 2026: 02:00 becomes 03:00. The visit is on the Monday after, 09:00 there.
    ["forward", "2026-03-09T08:00:00.000Z", "2026-03-30", "2026-03-30T07:00:00.000Z"],
    // 25 October 2026: 03:00 becomes 02:00.
    ["back", "2026-10-05T07:00:00.000Z", "2026-10-26", "2026-10-26T08:00:00.000Z"],
  ])("%s, reminders keep their distance to the visit", async (_, now, date, visit) => {
    const clinic = await openClinic({
      ...{ now, schedules },
      practice: { timezone: "Europe/Madrid" },
      days: { from: date, to: date },
    });
    const { context, practice, service, told } = clinic;
    await book(context, practice, service, visit);
    await clinic.settle();
    for (const [index, hours] of [72, 24, 2].entries()) {
      await goTo(clinic, plus(visit, { hours: -hours, seconds: -0.001 }));
      expect(told(LUCIA)).toEqual(all.slice(0, index + 1));
      await goTo(clinic, plus(visit, { hours: -hours }));
      expect(told(LUCIA)).toEqual(all.slice(0, index + 2));
    }
  });
});

test("a clinic is scanned once on each of its days", async () => {
  const clinic = await openClinic({ schedules });
  await clinic.advance("15m");
  await clinic.advance("15m");
  expect(clinic.runs("reminder-scan").map(({ output }) => output)).toEqual([{ clinics: 1 }, { clinics: 0 }]);
});
