import type { Fault, PaymentFault } from "@turno/local/providers";
import type { Chance } from "./chance.ts";

/** Of the calls of each provider. */
const SHARE = 0.05;
const MANY = 1_000_000;

const PROVIDERS = ["twilio", "meta", "resend", "ses"] as const;

/** What may go wrong with a message: refused for now, failed, taken with its answer lost or broken, told late, or never delivered. */
const WAYS: readonly Partial<Fault>[] = [
  { answer: "busy", retryAfterSeconds: 2 },
  { answer: "fault" },
  { answer: "lost" },
  { answer: "broken" },
  { receipt: "never" },
  { receipt: "undelivered", receiptAfterSeconds: 5 },
  { receiptAfterSeconds: 1_800 },
];

/** How the calls of each provider fail in the coming quarter of an hour. */
export const faultsFor = (chance: Chance): Fault[] =>
  PROVIDERS.map((provider) => ({ provider, times: MANY, share: SHARE, ...chance.pick(WAYS) }));

/** No message goes out. */
export const outage: readonly Fault[] = PROVIDERS.map((provider) => ({
  provider,
  times: MANY,
  answer: "fault",
}));

/** What may go wrong with a payment or a refund: as with messages, done and said to have failed, or told half an hour late. */
const PAYMENT_WAYS: readonly Partial<PaymentFault>[] = [
  { answer: "busy" },
  { answer: "fault" },
  { answer: "half-done" },
  { answer: "lost" },
  { answer: "broken" },
  { toldAfterSeconds: 1_800 },
];

/** How the calls of the provider of payments fail in the coming quarter of an hour. */
export const paymentFaultFor = (chance: Chance): PaymentFault => ({
  times: MANY,
  share: SHARE,
  ...chance.pick(PAYMENT_WAYS),
});
