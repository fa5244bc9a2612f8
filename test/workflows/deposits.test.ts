import { Reservation } from "@turno/core/booking";
import { Run } from "@turno/core/operations";
import { Deposit, Payment } from "@turno/core/payments";
import { idFrom, type Staff } from "@turno/core/platform";
import { book, doctorOf, known, once, patientOf, slotAt, type Teller, teller } from "@turno/core/testing";
import { describe, expect, test } from "vitest";
import { type Clinic, openClinic } from "./clinic.ts";
import { openNumbers } from "./writing.ts";

// The test's time begins on Monday, 2 March 2026, 09:00 in Mexico City. There it is
const THURSDAY_9AM = "2026-03-05T15:00:00.000Z";
const FRIDAY_9AM = "2026-03-06T15:00:00.000Z";

const LUCIA = "+525587654321";
const days = { from: "2026-03-05", to: "2026-03-06" };
const deposits = { provider: "stripe", depositPercent: 20 } as const;

/** A visit of 600 pesos on Friday at 09:00, booked on Monday at 09:00 at a clinic that asks for a fifth. */
async function booked(options: Parameters<typeof openClinic>[0] = {}, stripe = teller()) {
  const clinic = await openClinic({ days, deposits, payments: () => stripe, ...options });
  const { context, practice, service } = clinic;
  const { reservationId } = await book(context, practice, service, FRIDAY_9AM);
  await clinic.advance("5m");
  const about = { provider: "stripe", reservationId };
  return {
    ...{ ...clinic, clinic, stripe, reservationId },
    /** The patient pays, and the provider tells of it. */
    async pay(amount = 12_000) {
      const at = context.now();
      const payment = { checkoutId: "cs_1", paymentId: "pi_1", amount, currency: "MXN", at };
      await Deposit.paid(context, about, payment);
      await clinic.advance("5m");
    },
    /** The provider tells what became of the refund. */
    async refunded(status: "succeeded" | "failed" = "succeeded") {
      if (status === "failed") stripe.comeBack();
      const news = { refundId: "re_1", status, reason: "lost_or_stolen_card", at: context.now() };
      await Deposit.refundSettled(context, about, news);
      await clinic.advance("5m");
    },
    /** The clinic gives some back by hand, and the provider tells how much that is by now. */
    async givenByHand(amount: number, sum = amount) {
      stripe.giveBackByHand(amount);
      const news = { isOfPayment: true, status: "succeeded", amount: sum, at: context.now() } as const;
      await Deposit.refundSettled(context, about, news);
      await clinic.advance("5m");
    },
    deposit: () => Deposit.find(context, reservationId),
  };
}

async function cancelled({ context, practice, advance }: Clinic, reservationId: string, by = "doctor") {
  const actor = by === "doctor" ? doctorOf(practice) : patientOf(practice, reservationId);
  await Reservation.cancel(context, actor, { reservationId, operation: once(context) });
  await advance("5m");
}

const bodies = ({ channel }: Clinic, template: string) =>
  channel.messages.filter((message) => message.template === template).map(({ body }) => body);

/** What the patient is promised back with the news that the visit was cancelled. */
const promised = (clinic: Clinic, template = "appointment_cancelled"): string | undefined =>
  bodies(clinic, template)[0]!
    .split("\n")
    .find((line) => line.includes("$"));

/** An admin has the last run of a workflow, which failed, begun anew. */
async function retried({ context, practice, advance }: Clinic, workflow: string) {
  const admin: Staff = { ...doctorOf(practice), roles: ["admin"] };
  const { items } = await Run.list(context, admin, { workflow }, { limit: 50 });
  await Run.retry(context, admin, { runId: items[0]!.runId, operation: once(context) });
  await advance("5m");
}

describe("a deposit", () => {
  test("is asked for once, with the page on which it is paid and until when", async () => {
    const { clinic, stripe, told, deposit } = await booked();
    expect(told(LUCIA).sort()).toEqual(["appointment_confirmed", "deposit_request"]);
    const [body] = bodies(clinic, "deposit_request");
    expect(body).toContain("$120");
    expect(body).toContain("https://pay.example/cs_1");
    expect(body).toContain("martes 3 de marzo, 08:00");
    expect(stripe.checkouts).toMatchObject([
      { amount: 12_000, currency: "MXN", description: "Anticipo: Clínica Roma", language: "es" },
    ]);
    expect(await deposit()).toMatchObject({ status: "requested", checkoutId: "cs_1" });
  });

  test.each([
    ["by a clinic that wants none", { deposits: undefined }],
    ["for a visit that costs nothing", { service: { price: 0 } }],
  ])("is not asked for %s", async (_, options) => {
    const { told, stripe } = await booked(options);
    expect(told(LUCIA)).toEqual(["appointment_confirmed"]);
    expect(stripe.calls).toBe(0);
  });

  test("that was paid is thanked for", async () => {
    const { clinic, pay } = await booked();
    await pay();
    const [body, ...others] = bodies(clinic, "deposit_received");
    expect(others).toEqual([]);
    expect(body).toContain("$120");
  });

  test("stays with the visit when it is moved, and none is asked for anew", async () => {
    const { clinic, context, practice, service, advance, stripe, pay, reservationId, told } = await booked();
    await pay();
    const moved = await Reservation.reschedule(context, doctorOf(practice), known(practice), {
      reservationId,
      slotId: slotAt(practice, service, THURSDAY_9AM),
      operation: once(context),
    });
    await advance("5m");
    expect(stripe.checkouts).toHaveLength(1);
    await cancelled(clinic, idFrom("reservation", moved.appointmentId));
    expect(promised(clinic)).toBe("Te devolveremos: $120.00");
    expect(stripe.refunds).toMatchObject([{ reference: reservationId, amount: 12_000 }]);
    expect(told(LUCIA).filter((template) => template === "deposit_request")).toHaveLength(1);
  });

  test("of a visit that was cancelled before the patient could be told is not asked for any more", async () => {
    const stripe = teller();
    const clinic = await openClinic({ days, deposits, payments: () => stripe });
    const { context, practice, service, channel, advance, told } = clinic;
    channel.down(true);
    const { reservationId } = await book(context, practice, service, FRIDAY_9AM);
    await advance("5s");
    await cancelled(clinic, reservationId);
    channel.down(false);
    await advance("1h");
    expect(stripe.checkouts).toHaveLength(1);
    expect(told(LUCIA)).not.toContain("deposit_request");
  });
});

describe("the deposit of a visit that is cancelled", () => {
  test("goes back, and the patient hears of it when the provider confirms it", async () => {
    const { clinic, stripe, pay, refunded, reservationId, deposit, runs } = await booked();
    await pay();
    await cancelled(clinic, reservationId);
    expect(stripe.refunds).toMatchObject([
      { idempotencyKey: `refund:${reservationId}`, paymentId: "pi_1", amount: 12_000 },
    ]);
    expect(await deposit()).toMatchObject({ status: "refunding", refundId: "re_1" });
    expect(promised(clinic)).toBe("Te devolveremos: $120.00");
    expect(bodies(clinic, "refund_sent")).toEqual([]);
    await refunded();
    const [body, ...others] = bodies(clinic, "refund_sent");
    expect(others).toEqual([]);
    expect(body).toContain("$120");
    expect(runs("appointment-cancellation")).toMatchObject([{ status: "Completed" }]);
  });

  test("goes back in the share that the policy has, of what was really paid", async () => {
    const { clinic, stripe, pay, reservationId } = await booked({ policy: { refundPercent: 50 } });
    await pay(9_999);
    await cancelled(clinic, reservationId, "patient");
    expect(stripe.refunds).toMatchObject([{ amount: 4_999 }]);
    expect(promised(clinic)).toBe("Te devolveremos: $49.99");
  });

  test("goes back less what went back by hand, of which the patient hears each time", async () => {
    const { clinic, stripe, pay, givenByHand, refunded, reservationId, deposit } = await booked();
    await pay();
    await givenByHand(500);
    await givenByHand(0, 500);
    await givenByHand(300, 800);
    expect(bodies(clinic, "refund_sent")).toEqual([
      expect.stringContaining("$5.00"),
      expect.stringContaining("$3.00"),
    ]);
    await cancelled(clinic, reservationId);
    expect(stripe.refunds).toMatchObject([{ amount: 11_200 }]);
    expect(promised(clinic)).toBe("Te devolveremos: $112.00");
    await refunded();
    expect(bodies(clinic, "refund_sent").slice(2)).toEqual([expect.stringContaining("$112.00")]);
    expect(bodies(clinic, "deposit_received")).toHaveLength(1);
    expect(await deposit()).toMatchObject({ status: "refunded", refundAmount: 11_200, byHand: 800 });
  });

  test("that went back by hand is not promised again", async () => {
    const { clinic, stripe, pay, givenByHand, reservationId } = await booked();
    await pay();
    await givenByHand(12_000);
    await cancelled(clinic, reservationId);
    expect(promised(clinic)).toBeUndefined();
    expect(bodies(clinic, "refund_sent")).toEqual([expect.stringContaining("$120.00")]);
    expect(stripe.refunds).toEqual([]);
  });

  test("stays where the policy gives nothing back", async () => {
    const { clinic, stripe, pay, reservationId, deposit } = await booked({ policy: { refundPercent: 0 } });
    await pay();
    await cancelled(clinic, reservationId, "patient");
    expect(stripe.refunds).toEqual([]);
    expect(await deposit()).toMatchObject({ status: "paid" });
    expect(promised(clinic)).toBeUndefined();
  });

  test("was never paid: nothing goes back", async () => {
    const { clinic, stripe, reservationId } = await booked();
    await cancelled(clinic, reservationId);
    expect(stripe.refunds).toEqual([]);
    expect(promised(clinic)).toBeUndefined();
  });

  test.each([
    [
      "that was paid is promised back in the answer to whoever cancels by writing",
      true,
      "Te devolveremos: $120.00",
    ],
    ["that was not paid is not spoken of in the answer", false, undefined],
  ])("%s", async (_, isPaid, line) => {
    const { clinic, advance, pay } = await booked();
    if (isPaid) await pay();
    const numbers = await openNumbers(clinic);
    await numbers.whatsapp(LUCIA, "No puedo ir, disculpe");
    await advance("5m");
    expect(promised(clinic, "reply_cancelled")).toBe(line);
    expect(bodies(clinic, "appointment_cancelled")).toEqual([]);
  });

  test("is promised back while the provider is out of order", async () => {
    const { clinic, stripe, pay, reservationId, advance } = await booked();
    await pay();
    stripe.failNext(new Payment.TryLater("busy"));
    await cancelled(clinic, reservationId);
    await advance("1h");
    expect(promised(clinic)).toBe("Te devolveremos: $120.00");
    expect(stripe.refunds).toMatchObject([{ amount: 12_000 }]);
  });

  test("goes back at once when it is paid afterwards", async () => {
    const { clinic, stripe, pay, refunded, reservationId } = await booked();
    await cancelled(clinic, reservationId);
    await pay();
    expect(stripe.refunds).toMatchObject([{ amount: 12_000 }]);
    await refunded();
    expect(bodies(clinic, "refund_sent")).toHaveLength(1);
    expect(bodies(clinic, "deposit_received")).toEqual([]);
  });

  test("that cannot go back fails the run, which gives it back when it is repeated", async () => {
    const { clinic, stripe, pay, reservationId, deposit, runs, told } = await booked({ recorded: true });
    await pay();
    stripe.failNext(new Payment.Refused("charge_disputed"));
    await cancelled(clinic, reservationId);
    expect(await deposit()).toMatchObject({ status: "refund-failed", failure: "charge_disputed" });
    expect(runs("appointment-cancellation")).toMatchObject([{ status: "Failed" }]);
    // What does not need it was done all the same.
    expect(told(LUCIA)).toContain("appointment_cancelled");
    await retried(clinic, "appointment-cancellation");
    expect(stripe.refunds).toMatchObject([{ idempotencyKey: `refund:${reservationId}:2`, amount: 12_000 }]);
    expect(told(LUCIA).filter((template) => template === "appointment_cancelled")).toHaveLength(1);
  });

  test("that comes back later fails a run, so that somebody sees it, and is begun anew with it", async () => {
    const { clinic, pay, refunded, reservationId, runs, stripe, deposit } = await booked({ recorded: true });
    await pay();
    await cancelled(clinic, reservationId);
    await refunded("failed");
    expect(runs("deposit-refund")).toMatchObject([{ status: "Failed" }]);
    expect(bodies(clinic, "refund_sent")).toEqual([]);
    expect(stripe.refunds).toHaveLength(1);
    await clinic.advance("5m");
    await retried(clinic, "deposit-refund");
    expect(stripe.refunds).toMatchObject([
      { idempotencyKey: `refund:${reservationId}` },
      { idempotencyKey: `refund:${reservationId}:2`, amount: 12_000 },
    ]);
    expect(await deposit()).toMatchObject({ status: "refunding" });
  });
});

describe("a whole life", () => {
  const expected = [
    "appointment_cancelled",
    "appointment_confirmed",
    "deposit_received",
    "deposit_request",
    "refund_sent",
  ];

  async function live(options: Parameters<typeof openClinic>[0], disturb = (_: Teller) => {}) {
    const stripe = teller();
    disturb(stripe);
    const life = await booked(options, stripe);
    const { clinic, pay, refunded, reservationId, advance, told, deposit } = life;
    await advance("1h");
    await pay();
    await advance("1h");
    disturb(stripe);
    await cancelled(clinic, reservationId);
    await advance("1h");
    await refunded();
    await advance("1h");
    expect(told(LUCIA).sort()).toEqual(expected);
    expect(stripe.checkouts).toHaveLength(1);
    expect(stripe.refunds).toHaveLength(1);
    expect(await deposit()).toMatchObject({ status: "refunded", refundAmount: 12_000 });
    return life;
  }

  test.each([
    ["fails", (stripe: Teller) => stripe.failNext(new Payment.TryLater("busy"))],
    ["does it and says nothing", (stripe: Teller) => stripe.loseNextAnswer()],
    ["fails for good", (stripe: Teller) => stripe.failNext(new Payment.TryLater("busy", undefined, true))],
    [
      "does it and says that it failed",
      (stripe: Teller) => stripe.loseNextAnswer(new Payment.TryLater("busy", undefined, true)),
    ],
  ])("costs and gives back once when the provider %s at first", async (_, disturb) => {
    await live({}, disturb);
  });

  test("hears each event twice and changes nothing", async () => {
    const { send, context, practice, reservationId, told, stripe, advance } = await live({});
    const base = { reservationId, profileId: practice.profileId, currency: "MXN", provider: "stripe" };
    const money = { ...base, amount: 12_000, paymentId: "pi_1" };
    await send(
      { name: "payment/deposit-paid", data: { ...money, paidAt: context.now() } },
      { name: "payment/refunded", data: { ...money, refundId: "re_1", refundedAt: context.now() } },
    );
    await advance("5m");
    expect(told(LUCIA).sort()).toEqual(expected);
    expect(stripe.refunds).toHaveLength(1);
  });
});
