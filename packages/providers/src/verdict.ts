import { Channel } from "@turno/core/notifications";
import { type Answer, retryAfter } from "./http/index.ts";

/**
 * What a provider's error means for the message. `later` and `unauthorized` may pass, the second when somebody puts the
 * account right; the others are final.
 */
export type Verdict = "later" | "unauthorized" | Channel.Undeliverable["reason"];

/** A provider's errors by their code. */
export type Verdicts<Code extends string | number> = Readonly<Record<Code, Verdict>>;

/** The error of the port. Nothing of the answer's text goes into it, since a provider may repeat the message there. */
export function failureOf(verdict: Verdict, { status, headers }: Pick<Answer, "status" | "headers">): Error {
  switch (verdict) {
    case "later":
      return new Channel.TryLater("busy", retryAfter(headers), mayHaveDone(status));
    case "unauthorized":
      return new Channel.TryLater("unauthorized", retryAfter(headers));
    case "wrong-number":
      return new Channel.WrongNumber();
    default:
      return new Channel.Undeliverable(verdict);
  }
}

/** What a status means where the provider's own code says nothing. */
export function verdictOfStatus(status: number): Verdict {
  if (status === 401 || status === 403) return "unauthorized";
  if (status === 408 || status === 429 || status >= 500) return "later";
  return "refused";
}

/** A fault may have come after the message was taken. Who is told that the service is not there was not heard. */
const mayHaveDone = (status: number): boolean => status >= 500 && status !== 503;
