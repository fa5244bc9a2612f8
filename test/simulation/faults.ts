import type { Fault } from "@turno/local/providers";
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

/** Everything is down. */
export const outage: readonly Fault[] = PROVIDERS.map((provider) => ({
  provider,
  times: MANY,
  answer: "fault",
}));
