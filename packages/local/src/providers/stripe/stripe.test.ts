import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Payment } from "@turno/core/payments";
import { instantOf } from "@turno/core/platform";
import { paymentsFrom } from "@turno/providers";
import { type PaymentNews, stripeWebhook } from "@turno/providers/webhooks";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { listen } from "../../server/index.ts";
import { type Payments, startPayments } from "./index.ts";

const NINE = Date.parse("2026-03-02T09:00:00Z");
const RESERVATION = "res_01JDWXR3M8Q6V9T2KZB4N7HC5E";

let payments: Payments;
let stripe: Payment.Provider;
let clock: { time: number; now(): number };
let stateDir: string;
let news: PaymentNews[];
let isDown: boolean;

/** What Stripe told us, verified and read as our webhook does. */
async function hear(body: Buffer, headers: Record<string, string | undefined>): Promise<void> {
  const request = { method: "POST", url: "", headers, body };
  await stripeWebhook.verify(request, payments.account, instantOf(clock.now()));
  news.push(...stripeWebhook.parse(request));
}

async function start() {
  const api = await listen(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (!isDown) await hear(Buffer.concat(chunks), request.headers as Record<string, string>);
    response.writeHead(isDown ? 503 : 200).end();
  });
  const started = await startPayments({ stateDir, clock, apiUrl: () => api.url });
  onTestFinished(async () => {
    await started.close();
    await api.close();
  });
  return started;
}

beforeEach(async () => {
  stateDir = mkdtempSync(join(tmpdir(), "stripe-"));
  onTestFinished(() => rmSync(stateDir, { recursive: true, force: true }));
  clock = { time: NINE, now: () => clock.time };
  news = [];
  isDown = false;
  payments = await start();
  stripe = paymentsFrom(payments.variables)("stripe")!;
});

const pass = async (minutes: number): Promise<void> => {
  clock.time += minutes * 60_000;
  await payments.runDue();
};

const checkout = (changes: Partial<Payment.Checkout> = {}): Payment.Checkout => ({
  idempotencyKey: `deposit:${RESERVATION}`,
  reference: RESERVATION,
  amount: 12_000,
  currency: "MXN",
  description: "Anticipo: Clínica <Roma>",
  language: "es",
  returnUrl: "https://clinic.example/paid",
  expiresAt: "2026-03-03T08:00:00.000Z",
  ...changes,
});

const refund = (changes: Partial<Payment.Refund> = {}): Payment.Refund => ({
  idempotencyKey: `refund:${RESERVATION}`,
  reference: RESERVATION,
  paymentId: payments.taken()[0]?.paymentId ?? "pi_unknown",
  amount: 6_000,
  mayHaveBeenAsked: false,
  ...changes,
});

const press = (url: string) => fetch(url, { method: "POST", redirect: "manual" });

async function paid(): Promise<void> {
  const { url } = await stripe.request(checkout());
  await press(url);
  await pass(1);
}

/** How a call failed, in the words of the port. */
const failure = async (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => "done",
    (error: unknown) => {
      if (error instanceof Payment.Refused) return `Refused ${error.reason}`;
      if (!(error instanceof Payment.TryLater)) return error;
      return `TryLater ${error.reason}${error.isSaved ? ", saved" : ""}`;
    },
  );

describe("a page of Checkout", () => {
  test("shows what is to be paid, takes the payment, and leads back", async () => {
    const { checkoutId, url } = await stripe.request(checkout());
    const page = await (await fetch(url)).text();
    expect(page).toContain("120.00 MXN");
    expect(page).toContain("Clínica &#60;Roma&#62;");
    const { status, headers } = await press(url);
    expect([status, headers.get("location")]).toEqual([303, "https://clinic.example/paid"]);
    await press(url);
    await pass(1);
    expect(news).toEqual([
      {
        ...{ kind: "paid", reference: RESERVATION, checkoutId, amount: 12_000, currency: "MXN" },
        paymentId: payments.taken()[0]!.paymentId,
        at: "2026-03-02T09:01:00.000Z",
      },
    ]);
  });

  test("is the same for the same key, and another one for no other content", async () => {
    const first = await stripe.request(checkout());
    expect(await stripe.request(checkout())).toEqual(first);
    expect(payments.taken()).toHaveLength(1);
    expect(await failure(stripe.request(checkout({ amount: 1_000 })))).toBe("Refused idempotency_error");
  });

  test("that was made although it was answered with a failure is found by the next try, among any number", async () => {
    // Stripe shows a hundred at once.
    const others = Array.from({ length: 100 }, (_, n) => ({
      idempotencyKey: `${n}`,
      reference: `other-${n}`,
    }));
    payments.fail({ times: 1, answer: "half-done" });
    expect(await failure(stripe.request(checkout()))).toBe("TryLater busy, saved");
    for (const other of others) await stripe.request(checkout(other));
    const made = payments.taken().at(-1)!;
    const again = checkout({
      idempotencyKey: `deposit:${RESERVATION}:2`,
      mayHaveBeenAskedSince: "2026-03-02T09:00:00.000Z",
    });
    expect(await stripe.request(again)).toEqual({ checkoutId: made.id, url: made.url });
    expect(payments.taken()).toHaveLength(101);
    // One that belongs to what was asked for long before is not taken for it.
    clock.time += 3_600_000;
    const anew = { ...again, mayHaveBeenAskedSince: "2026-03-02T10:00:00.000Z" };
    expect((await stripe.request(anew)).checkoutId).not.toBe(made.id);
  });

  test("ends at its time, and is told to have ended", async () => {
    const { url, checkoutId } = await stripe.request(checkout());
    await pass(23 * 60);
    expect(news).toEqual([{ kind: "expired", reference: RESERVATION, checkoutId }]);
    expect((await press(url)).headers.get("location")).toBe(url);
    expect(await (await fetch(url)).text()).toContain("has ended");
  });

  test("is refused for amounts and times that Stripe does not take", async () => {
    expect(await failure(stripe.request(checkout({ amount: 49 })))).toBe("Refused amount_too_small");
    expect(await failure(stripe.request(checkout({ expiresAt: "2026-03-03T09:01:00.000Z" })))).toBe(
      "Refused invalid_request_error",
    );
  });
});

describe("a refund", () => {
  beforeEach(paid);

  test("is on its way, and then there", async () => {
    const { refundId, status } = await stripe.refund(refund());
    expect(status).toBe("pending");
    await pass(1);
    const told = { kind: "refund", reference: RESERVATION, amount: 6_000, at: "2026-03-02T09:02:00.000Z" };
    expect(news.slice(1)).toEqual([
      { ...told, status: "succeeded" },
      { ...told, refundId, status: "succeeded" },
    ]);
  });

  test("can succeed at once, and can fail later", async () => {
    payments.fail({ times: 1, refund: "succeeds-at-once" });
    expect(await stripe.refund(refund())).toMatchObject({ status: "succeeded" });
    payments.fail({ times: 1, refund: "fails" });
    await stripe.refund(refund({ idempotencyKey: "refund:2" }));
    await pass(1);
    expect(news.at(-1)).toMatchObject({ status: "failed", reason: "lost_or_stolen_card" });
  });

  test("whose answer got lost is the same one when it is asked for again", async () => {
    payments.fail({ times: 1, answer: "lost" });
    expect(await failure(stripe.refund(refund()))).toBe("TryLater unreachable");
    const { refundId } = await stripe.refund(refund({ mayHaveBeenAsked: true }));
    expect(payments.taken()[0]!.refunds.map(({ id }) => id)).toEqual([refundId]);
  });

  test("that Stripe has forgotten the key of is found before another one is made", async () => {
    const { refundId } = await stripe.refund(refund());
    // The same to Stripe as a key that it never saw, but for what the refund itself says.
    const forgotten = { ...refund(), amount: 1, mayHaveBeenAsked: true };
    expect(await stripe.refund(forgotten)).toEqual({ refundId, status: "pending" });
    expect(payments.taken()[0]!.refunds).toHaveLength(1);
  });

  test("that failed is the same failure to its key, and is made under another one", async () => {
    payments.fail({ times: 1, answer: "fault" });
    expect(await failure(stripe.refund(refund()))).toBe("TryLater busy, saved");
    expect(await failure(stripe.refund(refund({ mayHaveBeenAsked: true })))).toBe("TryLater busy, saved");
    const again = refund({ idempotencyKey: `refund:${RESERVATION}:2`, mayHaveBeenAsked: true });
    expect(await stripe.refund(again)).toMatchObject({ status: "pending" });
    expect(payments.taken()[0]!.refunds).toHaveLength(1);
  });

  test("that was made although it was answered with a failure is found, and no other is made", async () => {
    payments.fail({ times: 1, answer: "half-done" });
    expect(await failure(stripe.refund(refund()))).toBe("TryLater busy, saved");
    const [made] = payments.taken()[0]!.refunds;
    const again = refund({ idempotencyKey: `refund:${RESERVATION}:2`, mayHaveBeenAsked: true });
    expect(await stripe.refund(again)).toEqual({ refundId: made!.id, status: "pending" });
    expect(payments.taken()[0]!.refunds).toHaveLength(1);
  });

  test("that came back is not taken for the one that is tried again", async () => {
    payments.fail({ times: 1, refund: "fails" });
    const first = await stripe.refund(refund());
    await pass(1);
    const again = refund({ idempotencyKey: `refund:${RESERVATION}:2`, mayHaveBeenAsked: true });
    expect((await stripe.refund(again)).refundId).not.toBe(first.refundId);
    expect(await stripe.refund(refund({ mayHaveBeenAsked: true }))).toMatchObject({ status: "failed" });
  });

  test("waits for the look at what was made, which says nothing of the key", async () => {
    payments.fail({ times: 1, answer: "fault" });
    expect(await failure(stripe.refund(refund({ mayHaveBeenAsked: true })))).toBe("TryLater busy");
    expect(await stripe.refund(refund())).toMatchObject({ status: "pending" });
  });

  test("by hand is told apart from ours, and from one that came back", async () => {
    const paymentId = payments.taken()[0]!.paymentId!;
    const byHand = () => stripe.refundedByHand({ reference: RESERVATION, paymentId });
    const give = (fields: Record<string, string>) =>
      fetch(`${payments.variables.STRIPE_API_URL}/v1/refunds`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${payments.variables.STRIPE_SECRET_KEY}`,
          "stripe-version": "2025-08-27.basil",
          "content-type": "application/x-www-form-urlencoded",
          "idempotency-key": JSON.stringify(fields),
        },
        body: new URLSearchParams({ payment_intent: paymentId, ...fields }),
      });
    expect(await byHand()).toBe(0);
    await stripe.refund(refund());
    await give({ amount: "500" });
    await pass(0);
    payments.fail({ times: 1, refund: "fails" });
    await give({ amount: "1000", "metadata[reservation]": RESERVATION });
    await pass(0);
    expect(await byHand()).toBe(1_500);
    await pass(1);
    expect(await byHand()).toBe(500);
    // Of what is made by hand, the payment tells.
    expect(news.slice(1)).toMatchObject([
      ...[6_500, 6_500, 7_500].map((amount) => ({ amount, status: "succeeded" })),
      { amount: 6_000, status: "succeeded", refundId: payments.taken()[0]!.refunds[0]!.id },
    ]);
  });

  test("of what has gone back already is done", async () => {
    await stripe.refund(refund({ amount: 12_000, idempotencyKey: "by hand" }));
    expect(await stripe.refund(refund())).toEqual({ status: "succeeded" });
  });

  test("of what was never paid is refused", async () => {
    expect(await failure(stripe.refund(refund({ paymentId: "pi_other" })))).toBe("Refused resource_missing");
  });
});

test.each([
  [{ answer: "busy" }, "TryLater busy"],
  [{ answer: "lost" }, "TryLater unreachable"],
  [{ answer: "broken" }, "TryLater unreadable-answer, saved"],
  [{ refuse: "idempotency_key_in_use" }, "TryLater busy"],
  [{ refuse: "lock_timeout" }, "TryLater busy"],
  [{ refuse: "api_key_expired" }, "TryLater unauthorized"],
] as const)("a call that ends with %j is %s, and can be made again", async (fault, outcome) => {
  payments.fail({ times: 1, ...fault });
  expect(await failure(stripe.request(checkout()))).toBe(outcome);
  expect(await failure(stripe.request(checkout()))).toBe("done");
  expect(payments.taken()).toHaveLength(1);
});

test.each([
  [{ answer: "fault" }, "TryLater busy, saved"],
  [{ refuse: "balance_insufficient" }, "TryLater busy, saved"],
  [{ refuse: "card_declined" }, "Refused card_declined"],
  [{ refuse: "Somebody said: Lucía" }, "Refused status-400"],
] as const)("a call that ends with %j is %s, until it has another key", async (fault, outcome) => {
  payments.fail({ times: 1, ...fault });
  expect(await failure(stripe.request(checkout()))).toBe(outcome);
  expect(await failure(stripe.request(checkout()))).toBe(outcome);
  expect(await failure(stripe.request(checkout({ idempotencyKey: "another" })))).toBe("done");
  expect(payments.taken()).toHaveLength(1);
});

test("a share of the calls fails evenly, also when it comes again with another fault", async () => {
  const outcomes: unknown[] = [];
  for (const answer of ["fault", "broken"] as const) {
    payments.fail({ times: 100, share: 0.25, answer });
    for (let call = 0; call < 3; call++) outcomes.push(await failure(stripe.request(checkout())));
  }
  expect(outcomes).toEqual(["done", "done", "done", "TryLater unreadable-answer, saved", "done", "done"]);
});

test("a wrong key is nobody's", async () => {
  const stranger = paymentsFrom({ ...payments.variables, STRIPE_SECRET_KEY: "sk_test_other" })("stripe")!;
  expect(await failure(stranger.request(checkout()))).toBe("TryLater unauthorized");
});

test("nobody there is a reason to try again", async () => {
  const away = paymentsFrom({ ...payments.variables, STRIPE_API_URL: "http://127.0.0.1:1" })("stripe")!;
  expect(await failure(away.request(checkout()))).toBe("TryLater unreachable");
});

test("what was not heard is told again, also after a restart", async () => {
  const { url } = await stripe.request(checkout());
  isDown = true;
  await press(url);
  await pass(1);
  expect(news).toEqual([]);
  isDown = false;
  payments.stop();
  payments = await start();
  await pass(2);
  expect(news).toMatchObject([{ kind: "paid" }]);
  // Not even when its page would have ended.
  await pass(24 * 60);
  expect(news).toHaveLength(1);
});
