import { Reservation } from "@turno/core/booking";
import { Channel } from "@turno/core/notifications";
import { book, doctorOf, once, slotAt } from "@turno/core/testing";
import { describe, expect, test } from "vitest";
import { type Clinic, openClinic } from "./clinic.ts";

// The test's time begins on Monday, 2 March 2026, 09:00 in Mexico City. There it is
const TUESDAY_9AM = "2026-03-03T15:00:00.000Z";
const THURSDAY_9AM = "2026-03-05T15:00:00.000Z";
const FRIDAY_7AM = "2026-03-06T13:00:00.000Z";
const FRIDAY_9AM = "2026-03-06T15:00:00.000Z";
const FRIDAY_NOON = "2026-03-06T18:00:00.000Z";

const LUCIA = "+525587654321";
const days = { from: "2026-03-02", to: "2026-03-07" };

const all = [
  "appointment_confirmed",
  "appointment_reminder_72h",
  "appointment_reminder_24h",
  "appointment_reminder_2h",
];

const confirmed = ["appointment_confirmed"];

const cancel = ({ context, practice }: Clinic, reservationId: string) =>
  Reservation.cancel(context, doctorOf(practice), { reservationId, operation: once(context) });

const remindersOf = async ({ context, practice }: Clinic, reservationId: string) =>
  (await Reservation.view(context, doctorOf(practice), reservationId)).remindersSent;

/** A visit on Friday at 09:00, booked on Monday at 09:00. */
const booked = async (options: Parameters<typeof openClinic>[0] = {}, wish = {}) => {
  const clinic = await openClinic({ days, ...options });
  const { context, practice, service } = clinic;
  const { reservationId } = await book(context, practice, service, FRIDAY_9AM, { wish });
  return { ...clinic, clinic, reservationId };
};

describe("a booking", () => {
  test("is confirmed at once, then reminded of three days, one day and two hours before", async () => {
    const { clinic, told, settle, advance, reservationId, runs } = await booked();
    await settle();
    expect(told(LUCIA)).toEqual(confirmed);
    await advance("2026-03-03T14:59:59.999Z");
    expect(told(LUCIA)).toEqual(confirmed);
    await advance(TUESDAY_9AM);
    expect(told(LUCIA)).toEqual(all.slice(0, 2));
    expect(await remindersOf(clinic, reservationId)).toEqual([72]);
    await advance(THURSDAY_9AM);
    expect(told(LUCIA)).toEqual(all.slice(0, 3));
    await advance(FRIDAY_7AM);
    expect(told(LUCIA)).toEqual(all);
    expect(await remindersOf(clinic, reservationId)).toEqual([72, 24, 2]);
    expect(runs("appointment-reminders")).toMatchObject([{ status: "Completed" }]);
  });

  test("made when a reminder's time has passed does without that reminder", async () => {
    const { told, advance, runs } = await booked({ now: "2026-03-06T05:00:00.000Z" });
    await advance(FRIDAY_9AM);
    expect(told(LUCIA)).toEqual(["appointment_confirmed", "appointment_reminder_2h"]);
    expect(runs("appointment-reminders")).toMatchObject([{ output: { reminders: 1 } }]);
  });

  test("is reminded of at the hours that its clinic chose", async () => {
    const { clinic, told, advance, reservationId } = await booked({ policy: { reminderHours: [5, 48] } });
    await advance("2026-03-04T15:00:00.000Z");
    expect(told(LUCIA)).toEqual(["appointment_confirmed", "appointment_reminder_24h"]);
    await advance(FRIDAY_9AM);
    expect(await remindersOf(clinic, reservationId)).toEqual([48, 5]);
  });

  test("says how to prepare the day before and how to find the room two hours before", async () => {
    const { channel, advance } = await booked();
    await advance(FRIDAY_9AM);
    const [confirmation, , dayBefore, hoursBefore] = channel.messages.map(({ body }) => body);
    expect(confirmation).toContain("viernes 6 de marzo, 09:00");
    expect(confirmation).toMatch(/https:\/\/clinic\.example\/visit#lnk_\S+$/m);
    expect(dayBefore).toContain("Ven en ayunas.");
    expect(hoursBefore).toMatch(/Calle Orizaba/);
    expect(hoursBefore).toMatch(/204/);
  });

  test("is spoken of in the patient's language, by the wall clock of the practice", async () => {
    const { channel, advance } = await booked({}, { language: "en" });
    await advance(FRIDAY_9AM);
    expect(channel.messages).toHaveLength(4);
    for (const { language, body } of channel.messages) {
      expect(language).toBe("en");
      expect(body).toContain("Friday, March 6, 9:00 AM");
      expect(body).not.toContain("GMT");
    }
  });

  test("with a doctor in another zone than the clinic names the zone", async () => {
    const { channel, settle } = await booked({ clinicZone: "Europe/Madrid" });
    await settle();
    expect(channel.messages[0]?.body).toMatch(/viernes 6 de marzo, 09:00 \(.+\)/);
  });
});

describe("the world moves on", () => {
  test("a cancelled visit is not reminded of", async () => {
    const { clinic, told, settle, advance, reservationId, runs } = await booked();
    await settle();
    await cancel(clinic, reservationId);
    await advance(FRIDAY_NOON);
    expect(told(LUCIA)).toEqual(["appointment_confirmed", "appointment_cancelled"]);
    expect(runs("appointment-reminders")).toMatchObject([{ status: "Cancelled" }]);
  });

  test("a cancelled visit is not reminded of either when nobody heard of the cancellation", async () => {
    const { clinic, told, settle, advance, loseOutbox, reservationId, runs } = await booked();
    await settle();
    await cancel(clinic, reservationId);
    await loseOutbox();
    await advance(FRIDAY_NOON);
    expect(told(LUCIA)).toEqual(confirmed);
    expect(runs("appointment-reminders")).toMatchObject([
      { status: "Completed", output: { ended: "before reminder 72h" } },
    ]);
  });

  test("a visit that was cancelled before anything ran is not confirmed", async () => {
    const { clinic, told, settle, send, reservationId, loseOutbox } = await booked();
    await cancel(clinic, reservationId);
    await loseOutbox();
    await send({ name: "reservation/created", data: createdAgain(clinic, reservationId) });
    await settle();
    expect(told(LUCIA)).toEqual([]);
  });

  test("a reminder that would say what the next one says better is left out", async () => {
    const { context, told, settle } = await booked();
    await settle();
    // Nothing runs from Monday until Friday at 08:00.
    context.at("2026-03-06T14:00:00.000Z");
    await settle();
    expect(told(LUCIA)).toEqual(["appointment_confirmed", "appointment_reminder_2h"]);
  });
});

/** What another system, or the same event a second time, says of the booking. */
const createdAgain = ({ practice, service }: Clinic, reservationId: string) => ({
  reservationId,
  profileId: practice.profileId,
  patientName: "sealed",
  patientPhone: "sealed",
  serviceId: service.serviceId,
  serviceName: service.name,
  slotId: slotAt(practice, service, FRIDAY_9AM),
  appointmentTime: FRIDAY_9AM,
  appointmentEndTime: "2026-03-06T15:20:00.000Z",
  timezone: practice.timezone,
  doctorName: practice.doctorName,
  doctorPhone: "sealed",
  clinicName: practice.clinicName,
  clinicAddress: practice.clinicAddress,
  price: service.price,
  currency: service.currency,
  urgencyLevel: "normal",
  source: "web",
});

describe("whatever is repeated, each message goes out once", () => {
  test("when both names of the event arrive, and one of them twice", async () => {
    const { clinic, told, settle, advance, send, reservationId, runs } = await booked();
    await settle();
    const data = createdAgain(clinic, reservationId);
    await send({ name: "appointment/created", data }, { name: "reservation/created", data });
    expect(runs("appointment-reminders")).toHaveLength(1);
    await advance("2026-03-04T15:00:00.000Z");
    // After more than a day the service has forgotten, and the table has not.
    await send({ name: "reservation/created", data });
    expect(runs("appointment-reminders")).toHaveLength(2);
    await advance(FRIDAY_NOON);
    expect(told(LUCIA)).toEqual(all);
  });

  test("when the provider fails before, or after, it has sent", async () => {
    const { channel, told, settle, advance } = await booked();
    channel.failNext(new Channel.TryLater("busy", 120));
    await settle();
    expect(told(LUCIA)).toEqual([]);
    await advance("119s");
    expect(told(LUCIA)).toEqual([]);
    await advance("1s");
    expect(told(LUCIA)).toEqual(confirmed);
    channel.loseNextAnswer();
    await advance(FRIDAY_NOON);
    expect(told(LUCIA)).toEqual(all);
    expect(channel.calls).toBe(6);
  });
});

test("a reminder that cannot be sent costs none of the others, and the run that says so names nobody", async () => {
  const { clinic, channel, told, settle, advance, reservationId, runs } = await booked();
  await settle();
  await advance("2026-03-03T14:59:00.000Z");
  channel.down(true);
  await advance("1h");
  channel.down(false);
  await advance(FRIDAY_NOON);
  expect(told(LUCIA)).toEqual(all.filter((template) => template !== "appointment_reminder_72h"));
  expect(await remindersOf(clinic, reservationId)).toEqual([24, 2]);
  expect(runs("appointment-reminders")).toMatchObject([
    { status: "Failed", error: { message: "The message could not be sent for now: unreachable." } },
  ]);
});

test("a wrong number ends nothing: the next reminder is tried, and none is noted as sent", async () => {
  const { clinic, channel, told, settle, advance, reservationId } = await booked();
  await settle();
  channel.failNext(new Channel.WrongNumber());
  await advance(FRIDAY_NOON);
  expect(told(LUCIA)).toEqual(all.filter((template) => template !== "appointment_reminder_72h"));
  expect(await remindersOf(clinic, reservationId)).toEqual([24, 2]);
});

describe("a reminder that staff ask for", () => {
  const ask = ({ context, practice }: Clinic, reservationId: string) =>
    Reservation.remind(context, doctorOf(practice), { reservationId, operation: once(context) });

  test("goes out at once, as often as it is asked for, besides those of the policy", async () => {
    const { clinic, told, settle, advance, reservationId } = await booked();
    await advance("1m");
    for (const _ of [1, 2]) {
      await ask(clinic, reservationId);
      await advance("1m");
    }
    expect(told(LUCIA)).toEqual([...confirmed, "appointment_reminder_72h", "appointment_reminder_72h"]);
    await settle();
    await advance(FRIDAY_NOON);
    expect(told(LUCIA)).toHaveLength(6);
  });

  test("is not sent once the visit is cancelled", async () => {
    const { clinic, told, settle, reservationId } = await booked();
    await settle();
    await ask(clinic, reservationId);
    await cancel(clinic, reservationId);
    await settle();
    expect(told(LUCIA)).toEqual([...confirmed, "appointment_cancelled"]);
  });
});
