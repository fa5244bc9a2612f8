import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Deposit, type Payment } from "@turno/core/payments";
import { epochMillis, idFrom } from "@turno/core/platform";
import { testContext } from "@turno/core/testing";
import { paymentsFrom } from "@turno/providers";
import { expect, onTestFinished, test } from "vitest";
import { type PaymentFault, startPayments } from "./index.ts";

/** What goes wrong with a call: at Stripe, on the way, or here, where nobody lives to write down the answer. */
const troubles: Record<string, Pick<PaymentFault, "answer" | "method"> & { readonly dies?: true }> = {
  "cannot be looked for": { answer: "fault", method: "GET" },
  "is turned away": { answer: "busy" },
  fails: { answer: "fault" },
  "fails when it is done": { answer: "half-done" },
  "is done, and its answer lost": { answer: "lost" },
  "is done, and its answer unreadable": { answer: "broken" },
  "is done, and its caller dies": { dies: true },
  "fails, and its caller dies": { answer: "fault", dies: true },
  "fails when it is done, and its caller dies": { answer: "half-done", dies: true },
};

async function openTill() {
  const stateDir = mkdtempSync(join(tmpdir(), "stripe-"));
  const context = await testContext();
  const payments = await startPayments({ stateDir, clock: { now: () => epochMillis(context.now()) } });
  onTestFinished(async () => {
    await payments.close();
    rmSync(stateDir, { recursive: true, force: true });
  });
  const stripe = paymentsFrom(payments.variables)("stripe")!;
  const died = async (call: Promise<unknown>): Promise<never> => {
    await call.catch(() => undefined);
    throw new Error("died");
  };
  const mortal: Payment.Provider = {
    ...stripe,
    request: (checkout) => died(stripe.request(checkout)),
    refund: (refund) => died(stripe.refund(refund)),
  };
  /** Tries it twice at once, then in peace until it is done. */
  async function persevere(names: readonly string[], act: (provider: Payment.Provider) => Promise<unknown>) {
    for (const name of names) {
      const { answer, method = "POST", dies } = troubles[name]!;
      payments.fail(answer ? { times: 1, answer, method } : { times: 0 });
      await Promise.allSettled([act(dies ? mortal : stripe), act(stripe)]);
    }
    payments.fail({ times: 0 });
    for (let n = 0; n < 3; n++) await act(stripe).catch(() => undefined);
    await act(stripe);
  }
  return { context, payments, persevere };
}

const pairs = Object.keys(troubles).flatMap((first) =>
  Object.keys(troubles).map((second) => [first, second]),
);

test("a page is made once and money goes back once, whatever goes wrong with two calls in turn", async () => {
  const { context, payments, persevere } = await openTill();
  for (const [first, second] of pairs) {
    const id = context.newUlid();
    const reservationId = idFrom("reservation", id);
    const order = {
      ...{ reservationId, organizationId: idFrom("organization", id), profileId: idFrom("profile", id) },
      ...{ start: "2026-03-06T15:00:00.000Z", provider: "stripe", amount: 12_000, currency: "MXN" },
      ...{ description: "Anticipo", language: "es" as const, returnUrl: "https://clinic.example/paid" },
    };
    await persevere([first!, second!], (stripe) => Deposit.request(context, () => stripe, order));
    const taken = () => payments.taken().filter(({ reference }) => reference === reservationId);
    const [page, ...others] = taken();
    const deposit = await Deposit.find(context, reservationId);
    expect([first, second, others.length, deposit?.checkoutId]).toEqual([first, second, 0, page!.id]);

    await fetch(page!.url, { method: "POST", redirect: "manual" });
    const { id: checkoutId, paymentId = "" } = taken()[0]!;
    const payment = { checkoutId, paymentId, amount: 12_000, currency: "MXN", at: context.now() };
    await Deposit.paid(context, { provider: "stripe", reservationId }, payment);
    const cancelled = { reservationId, price: 60_000, refundAmount: 20_000 };
    await persevere([first!, second!], (stripe) => Deposit.refund(context, () => stripe, cancelled));
    const { refunds } = taken()[0]!;
    expect([first, second, refunds.map(({ amount }) => amount)]).toEqual([first, second, [4_000]]);
    expect(await Deposit.find(context, reservationId)).toMatchObject({ refundId: refunds[0]!.id });
  }
});
