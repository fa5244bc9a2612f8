import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { NOW, posted, refusalOf } from "../webhook/request.fixture.ts";
import { stripeWebhook } from "./webhook.ts";

const secrets = { signingSecret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" };
const NOW_SECONDS = Date.parse(NOW) / 1000;
const RESERVATION = "res_01JDWXR3M8Q6V9T2KZB4N7HC5E";

const body = '{"id":"evt_1","type":"charge.captured"}';

const sign = (seconds: number, sent = body, secret = secrets.signingSecret): string =>
  createHmac("sha256", secret).update(`${seconds}.${sent}`).digest("hex");

const header = (seconds = NOW_SECONDS, signature = sign(seconds)) => ({
  "stripe-signature": `t=${seconds},v1=${signature},v0=abc`,
});

const verify = (headers: Record<string, string>, sent = body) =>
  refusalOf(() => stripeWebhook.verify(posted("stripe", sent, headers), secrets, NOW));

describe("a call of Stripe's", () => {
  test("has the id of its event", async () => {
    expect(await stripeWebhook.verify(posted("stripe", body, header()), secrets, NOW)).toEqual({
      id: "evt_1",
    });
  });

  test("may have several signatures while the secret is changed", async () => {
    const old = sign(NOW_SECONDS, body, "whsec_old");
    const several = `t=${NOW_SECONDS},v1=${old},v1=${sign(NOW_SECONDS)}`;
    expect(await verify({ "stripe-signature": several })).toBeUndefined();
    expect(await verify(header(NOW_SECONDS, old))).toBe("BadSignature");
  });

  test("holds for five minutes, in both directions", async () => {
    for (const seconds of [0, 300, -300]) expect(await verify(header(NOW_SECONDS - seconds))).toBeUndefined();
    expect(await verify(header(NOW_SECONDS - 301))).toBe("StaleTimestamp");
    expect(await verify(header(NOW_SECONDS + 301))).toBe("StaleTimestamp");
  });

  test("is refused when it was changed, is unsigned, its time was made newer or its scheme is another", async () => {
    expect(await verify(header(), `${body} `)).toBe("BadSignature");
    expect(await verify({})).toBe("BadSignature");
    expect(await verify({ "stripe-signature": `v1=${sign(NOW_SECONDS)}` })).toBe("BadSignature");
    expect(await verify({ "stripe-signature": `t=${NOW_SECONDS},v1=` })).toBe("BadSignature");
    expect(await verify(header(NOW_SECONDS, sign(NOW_SECONDS - 900)))).toBe("BadSignature");
    const scheme = `t=${NOW_SECONDS},v0=${sign(NOW_SECONDS)}`;
    expect(await verify({ "stripe-signature": scheme })).toBe("BadSignature");
    const soon = `t=soon,v1=${createHmac("sha256", secrets.signingSecret).update(`soon.${body}`).digest("hex")}`;
    expect(await verify({ "stripe-signature": soon })).toBe("BadSignature");
  });
});

const parsed = (type: string, object: object) =>
  stripeWebhook.parse(
    posted("stripe", JSON.stringify({ id: "evt_1", type, created: NOW_SECONDS, data: { object } })),
  );

const session = {
  ...{ id: "cs_1", client_reference_id: RESERVATION, payment_status: "paid", payment_intent: "pi_1" },
  ...{ amount_total: 12_000, currency: "mxn" },
};
const metadata = { reservation: RESERVATION, key: `refund:${RESERVATION}` };
const refund = { id: "re_1", status: "succeeded", amount: 6_000, metadata };
const told = { kind: "refund", reference: RESERVATION, amount: 6_000, at: NOW };

describe("an event", () => {
  test.each(["checkout.session.completed", "checkout.session.async_payment_succeeded"])(
    "%s says that somebody paid",
    (type) => {
      expect(parsed(type, session)).toEqual([
        {
          ...{ kind: "paid", reference: RESERVATION, checkoutId: "cs_1", paymentId: "pi_1" },
          ...{ amount: 12_000, currency: "MXN", at: NOW },
        },
      ]);
    },
  );

  test("of a page that is done and not paid yet says nothing", () => {
    expect(parsed("checkout.session.completed", { ...session, payment_status: "unpaid" })).toEqual([]);
  });

  test("says that a page has ended", () => {
    const ended = { ...session, payment_status: "unpaid", payment_intent: null };
    expect(parsed("checkout.session.expired", ended)).toEqual([
      { kind: "expired", reference: RESERVATION, checkoutId: "cs_1" },
    ]);
  });

  test("says what became of a refund", () => {
    expect(parsed("refund.updated", refund)).toEqual([{ ...told, refundId: "re_1", status: "succeeded" }]);
    expect(parsed("refund.created", { ...refund, status: "requires_action" })).toMatchObject([
      { status: "pending" },
    ]);
    const failed = { ...refund, status: "failed", failure_reason: "expired_or_canceled_card" };
    expect(parsed("refund.failed", failed)).toMatchObject([
      { status: "failed", reason: "expired_or_canceled_card" },
    ]);
    expect(parsed("refund.updated", { ...refund, status: "canceled" })).toMatchObject([{ status: "failed" }]);
  });

  test("says what went back of a payment, by whoever's hand", () => {
    const charge = { amount_refunded: 6_000, metadata: { reservation: RESERVATION } };
    expect(parsed("charge.refunded", charge)).toEqual([{ ...told, status: "succeeded" }]);
    const byHand = { ...refund, metadata: { reservation: RESERVATION } };
    expect(parsed("refund.created", byHand)).toEqual([]);
  });

  test("of what else the account is used for says nothing", () => {
    expect(parsed("checkout.session.completed", { ...session, client_reference_id: "order-7" })).toEqual([]);
    expect(parsed("checkout.session.expired", { ...session, client_reference_id: null })).toEqual([]);
    expect(parsed("refund.updated", { ...refund, metadata: {} })).toEqual([]);
    expect(parsed("charge.refunded", { amount_refunded: 1, metadata: null })).toEqual([]);
    expect(parsed("customer.created", {})).toEqual([]);
    expect(parsed("toString", {})).toEqual([]);
  });

  test("that is not as documented is broken", () => {
    expect(parsed("checkout.session.completed", { ...session, id: 7 })).toEqual([
      { kind: "broken", reason: "session: data.object.id" },
    ]);
    expect(parsed("checkout.session.completed", { ...session, payment_intent: null })).toMatchObject([
      { kind: "broken" },
    ]);
    expect(stripeWebhook.parse(posted("stripe", "<xml>"))).toMatchObject([{ kind: "broken" }]);
  });
});
