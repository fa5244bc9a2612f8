import { Reservation } from "@turno/core/booking";
import { Contact, Delivery, Preference } from "@turno/core/notifications";
import { book, doctorOf, once } from "@turno/core/testing";
import { describe, expect, test } from "vitest";
import { openClinic } from "./clinic.ts";

// The test's time begins on Monday, 2 March 2026, 09:00 in Mexico City. There it is
const TUESDAY_9AM = "2026-03-03T15:00:00.000Z";
const FRIDAY_9AM = "2026-03-06T15:00:00.000Z";
const FRIDAY_NOON = "2026-03-06T18:00:00.000Z";

const LUCIA = "+525587654321";
const days = { from: "2026-03-02", to: "2026-03-07" };
const sms = { provider: "twilio", sender: "+525550000001" } as const;

/** A visit on Friday at 09:00, booked on Monday at 09:00 with a clinic that has WhatsApp and SMS. */
const booked = async (options: Parameters<typeof openClinic>[0] = {}) => {
  const clinic = await openClinic({ days, messaging: { sms }, ...options });
  const { context, practice, service, channel } = clinic;
  const { reservationId } = await book(context, practice, service, FRIDAY_9AM);
  const { patientId } = await Reservation.get(context, reservationId);
  return {
    ...clinic,
    reservationId,
    said: () => channel.messages.map(({ channel: by, template }) => `${by} ${template}`),
    /** What the provider reports of the last message. */
    reported: (status: Delivery.Receipt["status"], reason?: Delivery.Receipt["reason"]) => {
      const { channel: by, idempotencyKey } = channel.messages.at(-1)!;
      const provider = by === "whatsapp" ? "meta" : "twilio";
      const report = { provider, providerMessageId: idempotencyKey, status, at: context.now() };
      return Delivery.receipt(context, { ...report, ...(reason && { reason }) });
    },
    log: async () =>
      (await Delivery.ofAppointment(context, { kind: "system" }, reservationId.slice(4))).map(
        ({ template, status, channel: by }) => `${template} ${status} ${by}`,
      ),
    prefer: (changes: Preference.PreferenceEdit) =>
      Preference.edit(context, doctorOf(practice), { ...practice, patientId }, changes),
  };
};

describe("a message that its provider could not deliver", () => {
  test("goes out by the next channel, once, also when it is reported twice", async () => {
    const { advance, reported, said, log } = await booked();
    await advance("2m");
    await reported("failed");
    await reported("failed");
    await advance("5m");
    expect(said()).toEqual(["whatsapp appointment_confirmed", "sms appointment_confirmed"]);
    await reported("delivered");
    await advance("2m");
    expect(await log()).toEqual(["appointment_confirmed DELIVERED sms"]);
  });

  test("is a reminder as well, although the visit has noted that it was sent", async () => {
    const { advance, reported, said } = await booked();
    await advance(TUESDAY_9AM);
    await reported("failed");
    await advance("1m");
    expect(said().slice(1)).toEqual(["whatsapp appointment_reminder_72h", "sms appointment_reminder_72h"]);
  });

  test("is not said any more when the visit was cancelled since", async () => {
    const { context, practice, settle, loseOutbox, reservationId, reported, said, log, runs } =
      await booked();
    await settle();
    await Reservation.cancel(context, doctorOf(practice), { reservationId, operation: once(context) });
    await loseOutbox();
    await reported("failed");
    await settle();
    expect(said()).toEqual(["whatsapp appointment_confirmed"]);
    expect(await log()).toEqual(["appointment_confirmed FAILED whatsapp"]);
    expect(runs("notification-fallover")).toMatchObject([{ output: { status: "moot" } }]);
  });

  test("begins no run when no channel is left, and does not come again", async () => {
    const { settle, reported, said, log, runs } = await booked();
    await settle();
    await reported("failed", "wrong-number");
    await settle();
    await reported("failed", "wrong-number");
    await settle();
    expect(said()).toHaveLength(2);
    expect(await log()).toEqual(["appointment_confirmed FAILED sms"]);
    expect(runs("notification-fallover")).toHaveLength(1);
  });

  test("since its provider has stopped the number goes out by the next channel", async () => {
    const { context, practice, settle, advance, reported, said } = await booked();
    await settle();
    await reported("failed", "opted-out");
    await advance("1m");
    expect(said()).toEqual(["whatsapp appointment_confirmed", "sms appointment_confirmed"]);
    expect((await Contact.of(context, practice.organizationId, LUCIA)).isStopped).toBe(false);
  });
});

describe("in the patient's quiet hours", () => {
  test("a confirmation waits until they are over", async () => {
    const { prefer, advance, said } = await booked();
    await prefer({ quietHours: { from: "08:00", to: "12:00" } });
    await advance("2026-03-02T17:59:59.000Z");
    expect(said()).toEqual([]);
    await advance("2026-03-02T18:01:00.000Z");
    expect(said()).toEqual(["whatsapp appointment_confirmed"]);
  });

  test("a reminder that says nothing new by their end is not sent", async () => {
    const { prefer, settle, advance, said } = await booked();
    await settle();
    // Reminders are due at 09:00, and at 07:00 on the day of the visit: it is at 09:00.
    await prefer({ quietHours: { from: "21:00", to: "09:00" } });
    await advance(FRIDAY_NOON);
    expect(said().slice(1)).toEqual([
      "whatsapp appointment_reminder_72h",
      "whatsapp appointment_reminder_24h",
    ]);
  });

  test("what was cancelled while it waited is not said", async () => {
    const { context, practice, prefer, settle, advance, reservationId, said } = await booked();
    await prefer({ quietHours: { from: "08:00", to: "12:00" } });
    await settle();
    await Reservation.cancel(context, doctorOf(practice), { reservationId, operation: once(context) });
    await advance(FRIDAY_NOON);
    expect(said().filter((line) => !line.endsWith("_doctor"))).toEqual(["whatsapp appointment_cancelled"]);
  });
});

test("a message whose end is unclear is not said by another channel", async () => {
  const { channel, settle, advance, said } = await booked();
  channel.loseNextAnswer();
  await settle();
  await advance("10m");
  expect(said()).toEqual(["whatsapp appointment_confirmed"]);
  expect(channel.calls).toBe(2);
});
