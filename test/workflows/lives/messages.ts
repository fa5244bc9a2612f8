import { FollowUp, Reservation } from "@turno/core/booking";
import { Contact, Delivery, Inbox, Preference } from "@turno/core/notifications";
import { idFrom } from "@turno/core/platform";
import { book, doctorOf, once } from "@turno/core/testing";
import { expect } from "vitest";
import { openNumbers } from "../writing.ts";
import type { Life } from "./life.ts";

// The lives begin on Monday, 2 March 2026, 09:00 in Mexico City. There it is
const MONDAY_NOON = "2026-03-02T18:00:00.000Z";
const THURSDAY_9AM = "2026-03-05T15:00:00.000Z";
const THURSDAY_920 = "2026-03-05T15:20:00.000Z";
const FRIDAY_9AM = "2026-03-06T15:00:00.000Z";
const SATURDAY_9AM = "2026-03-07T15:00:00.000Z";

const LUCIA = "+525587654321";
const clinic = {
  days: { from: "2026-03-05", to: "2026-03-07" },
  messaging: { sms: { provider: "twilio", sender: "+525550000000" } },
} as const;

export const messageThatDoesNotArrive: Life = {
  name: "a message waits for the end of quiet hours, does not arrive, and goes out by the next channel",
  workflows: ["notification-fallover"],
  clinic,
  async live({ context, practice, service, advance, channel }) {
    const { reservationId } = await book(context, practice, service, FRIDAY_9AM);
    const { organizationId } = practice;
    const { patientId } = await Reservation.get(context, reservationId);
    const quietHours = { from: "08:00", to: "12:00" };
    await Preference.edit(context, doctorOf(practice), { organizationId, patientId }, { quietHours });
    const said = () => channel.messages.map(({ channel: by, template }) => `${by} ${template}`);
    await advance("2026-03-02T17:59:59.999Z");
    expect(said()).toEqual([]);
    context.at(MONDAY_NOON);
    await advance("10m");
    const { idempotencyKey: providerMessageId } = channel.messages.at(-1)!;
    const report = { provider: "meta", providerMessageId, at: context.now() } as const;
    for (const _ of [1, 2]) await Delivery.receipt(context, { ...report, status: "failed" });
    await advance("10m");
    expect(said()).toEqual(["whatsapp appointment_confirmed", "sms appointment_confirmed"]);
    await advance(FRIDAY_9AM);
  },
};

export const conversation: Life = {
  name: "a patient writes back: takes another time, comes, asks, wants no messages and some again, cancels",
  workflows: ["patient-reply", "appointment-cancellation", "appointment-rescheduling"],
  clinic,
  async live(opened) {
    const { context, practice, service, advance, told } = opened;
    const { reservationId } = await book(context, practice, service, FRIDAY_9AM);
    await advance("10m");
    const numbers = await openNumbers(opened);
    const says = async (text: string) => {
      expect(await numbers.whatsapp(LUCIA, text)).toBe(200);
      await advance("10m");
    };
    const visit = async () => {
      const { movedTo } = await Reservation.get(context, reservationId);
      return Reservation.get(context, idFrom("reservation", movedTo!));
    };
    await says("cambiar");
    await says("2");
    expect(await visit()).toMatchObject({ status: "confirmed", start: THURSDAY_920 });
    await says("confirmo");
    expect((await visit()).attendanceConfirmedAt).toBeDefined();
    await says("¿Qué traigo?");
    await says("BAJA");
    expect((await Contact.of(context, practice.organizationId, LUCIA)).isStopped).toBe(true);
    await says("ALTA");
    await says("cancelar");
    expect(await visit()).toMatchObject({ status: "cancelled", cancelledBy: "patient" });
    await says("cancelar");
    expect(told(LUCIA)).toEqual([
      ...["appointment_confirmed", "reply_choose_time", "reply_moved", "reply_confirmed", "reply_unclear"],
      ...["reply_stopped", "reply_started", "reply_cancelled", "reply_none"],
    ]);
    expect((await Inbox.list(context, doctorOf(practice), {})).items).toMatchObject([
      { text: "¿Qué traigo?" },
    ]);
  },
};

export const answerAfterAVisit: Life = {
  name: "a patient answers how they are after the visit",
  workflows: ["appointment-follow-up", "patient-reply"],
  clinic,
  async live(opened) {
    const { context, practice, service, advance, channel } = opened;
    const doctor = doctorOf(practice);
    const { reservationId } = await book(context, practice, service, FRIDAY_9AM);
    await advance("10m");
    context.at("2026-03-06T15:30:00.000Z");
    await Reservation.complete(
      context,
      doctor,
      { followUpRequired: true },
      {
        ...{ reservationId, operation: once(context) },
      },
    );
    await advance("25h");
    const asked = channel.messages.find(({ template }) => template === "follow_up_24h");
    const numbers = await openNumbers(opened);
    await numbers.whatsapp(LUCIA, "Me duele un poco la cabeza", { answers: asked!.idempotencyKey });
    await advance("10m");
    expect(await FollowUp.list(context, doctor, reservationId)).toMatchObject([
      { answers: [{ text: "Me duele un poco la cabeza" }] },
    ]);
  },
};

export const choices: Life = {
  name: "a patient of two visits says which one, is offered times until one is left, and then comes too late",
  workflows: ["patient-reply"],
  clinic,
  async live(opened) {
    const { context, practice, service, advance, told } = opened;
    const first = await book(context, practice, service, FRIDAY_9AM);
    const second = await book(context, practice, service, SATURDAY_9AM);
    await advance("10m");
    const numbers = await openNumbers(opened);
    const says = async (text: string) => {
      await numbers.whatsapp(LUCIA, text);
      await advance("10m");
    };
    await says("cancelar");
    await says("2");
    expect((await Reservation.get(context, second.reservationId)).status).toBe("cancelled");
    await says("cambiar");
    const other = { patientName: "Diego Luna", patientPhone: "+525599990000" };
    await book(context, practice, service, THURSDAY_9AM, { wish: other });
    await says("1");
    await says("ayuda");
    context.at("2026-03-06T14:00:00.000Z");
    await says("cancelar");
    expect((await Reservation.get(context, first.reservationId)).status).toBe("confirmed");
    await advance(FRIDAY_9AM);
    expect(told(LUCIA).filter((template) => template.startsWith("reply_"))).toEqual([
      ...["reply_choose_booking", "reply_cancelled", "reply_choose_time", "reply_choose_time"],
      ...["reply_help", "reply_too_late"],
    ]);
  },
};
