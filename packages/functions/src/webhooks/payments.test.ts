import { Intake } from "@turno/core/notifications";
import { Deposit } from "@turno/core/payments";
import { idFrom, utcDateOf } from "@turno/core/platform";
import { factsOf, teller, toldEvents } from "@turno/core/testing";
import { beforeEach, describe, expect, test } from "vitest";
import { webhooksApi } from "../api/webhooks.ts";
import type { Sent } from "../testing/event.ts";
import { aDesk, type Desk, eventFor, lambdaContext } from "../testing/index.ts";
import { byStripe, testReceivers } from "./signers.fixture.ts";

let desk: Desk;
let reservationId: string;
let parked: number;
let eventId: number;

beforeEach(async () => {
  desk = await aDesk();
  parked = 0;
  eventId = 0;
  reservationId = idFrom("reservation", desk.context.newUlid());
  const { organizationId, profileId } = desk.practice;
  await Deposit.request(desk.context, () => teller(), {
    ...{ reservationId, organizationId, profileId, provider: "stripe", amount: 12_000, currency: "MXN" },
    start: "2026-03-06T15:00:00.000Z",
    description: "Anticipo",
    language: "es",
    returnUrl: "https://turno.example/paid",
  });
});

async function call(sent: Sent): Promise<number> {
  const lambda = webhooksApi({
    ...desk.runtime,
    receivers: testReceivers(),
    measure: ({ WebhooksParked = 0 }) => {
      parked += WebhooksParked;
    },
  });
  const route = { method: "POST", path: "/v1/webhooks/{provider}" } as const;
  const event = eventFor(route, { ...sent, params: { provider: "stripe" } });
  return (await lambda(event, lambdaContext)).statusCode ?? 0;
}

const told = (type: string, object: object): Sent =>
  byStripe(desk.context.now(), {
    ...{ id: `evt_${++eventId}`, type, data: { object } },
    created: Math.floor(Date.parse(desk.context.now()) / 1000),
  });

const session = (changes: object = {}) => ({
  ...{ id: "cs_1", client_reference_id: reservationId, payment_status: "paid", payment_intent: "pi_1" },
  ...{ amount_total: 12_000, currency: "mxn", ...changes },
});

const PAID = "checkout.session.completed";
const stored = () => Deposit.find(desk.context, reservationId);

describe("Stripe", () => {
  test("tells that a deposit was paid, once", async () => {
    const sent = told(PAID, session());
    expect(await call(sent)).toBe(200);
    expect(await call(sent)).toBe(200);
    // The same fact by another event.
    expect(await call(told("checkout.session.async_payment_succeeded", session()))).toBe(200);
    expect(await stored()).toMatchObject({ status: "paid", paid: 12_000, paymentId: "pi_1" });
    expect(await factsOf(desk.context, "payment/deposit-paid")).toHaveLength(1);
    expect(parked).toBe(0);
  });

  test("tells what went back, in any order", async () => {
    await call(told(PAID, session()));
    const cancelled = { reservationId, price: 60_000, refundAmount: 60_000 };
    await Deposit.refund(desk.context, () => teller(), cancelled);
    const refund = { id: "re_1", amount: 12_000, metadata: { reservation: reservationId, key: "refund" } };
    await call(told("refund.updated", { ...refund, status: "succeeded" }));
    await call(told("refund.created", { ...refund, status: "pending" }));
    expect(await stored()).toMatchObject({ status: "refunded", refundAmount: 12_000, refundId: "re_1" });
    await call(told("refund.failed", { ...refund, status: "failed", failure_reason: "unknown" }));
    expect(await stored()).toMatchObject({ status: "refund-failed" });
  });

  test("tells what went back by hand, and leaves the rest", async () => {
    await call(told(PAID, session()));
    const charge = { amount_refunded: 500, metadata: { reservation: reservationId } };
    await call(told("charge.refunded", charge));
    await call(told("charge.refunded", charge));
    expect(await stored()).toMatchObject({ status: "paid", byHand: 500 });
    expect(await factsOf(desk.context, "payment/refunded")).toHaveLength(1);
    await call(told("charge.refunded", { ...charge, amount_refunded: 12_000 }));
    expect(await stored()).toMatchObject({ status: "refunded", byHand: 12_000 });
  });

  test("tells that nobody paid", async () => {
    await call(told("checkout.session.expired", session({ payment_status: "unpaid" })));
    expect(await stored()).toMatchObject({ status: "expired" });
  });

  test("is not believed without a signature, with a wrong one, or late", async () => {
    const { headers, body } = told(PAID, session());
    expect(await call({ body: body! })).toBe(401);
    expect(await call({ headers: headers!, body: `${body} ` })).toBe(401);
    desk.context.pass({ minutes: 6 });
    expect(await call({ headers: headers!, body: body! })).toBeGreaterThanOrEqual(400);
    expect(await stored()).toMatchObject({ status: "requested" });
  });

  test("is answered and changes nothing with what is not ours", async () => {
    expect(await call(told("customer.created", {}))).toBe(200);
    expect(await call(told(PAID, session({ client_reference_id: "order-7" })))).toBe(200);
    expect(parked).toBe(0);
    expect(await toldEvents(desk.context)).not.toContain("payment/deposit-paid");
  });

  test("is kept for somebody to look at where it makes no sense", async () => {
    const unknown = idFrom("reservation", desk.context.newUlid());
    expect(await call(told(PAID, session({ client_reference_id: unknown })))).toBe(200);
    expect(await call(told(PAID, session()))).toBe(200);
    expect(await call(told(PAID, session({ payment_intent: "pi_2" })))).toBe(200);
    expect(parked).toBe(2);
    const reasons = await Intake.parked(desk.context, "stripe", utcDateOf(desk.context.now()));
    expect(reasons.map(({ reason }) => reason).sort()).toEqual([
      "a deposit that nobody asked for",
      "a second payment of one deposit",
    ]);
  });
});
