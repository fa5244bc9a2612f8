import * as z from "zod";

/** Why a message failed for good. */
export const FailureReason = z
  .enum(["refused", "wrong-number", "opted-out", "unavailable", "no-channel", "no-consent"])
  .meta({
    description:
      "opted-out: the person stopped it; unavailable: the provider was out of order; no-channel: no address that the clinic can reach; no-consent: the patient has not agreed to outreach",
  });
export type FailureReason = z.infer<typeof FailureReason>;

/** Sending the message again with the same key is right. */
export class TryLater extends Error {
  readonly reason: "busy" | "timeout" | "unauthorized" | "unreachable" | "unreadable-answer";
  /** How long the provider asked to be left alone. */
  readonly retryAfterSeconds: number | undefined;
  /** Whether the message may have gone out all the same, so that no other channel may carry it. */
  readonly unclear: boolean;

  constructor(
    reason: TryLater["reason"],
    retryAfterSeconds?: number,
    unclear = reason === "timeout" || reason === "unreadable-answer",
  ) {
    super(`The message could not be sent for now: ${reason}.`);
    this.name = "TryLater";
    this.reason = reason;
    this.retryAfterSeconds = retryAfterSeconds;
    this.unclear = unclear;
  }
}

/** The provider will never send this message to this address; another channel may. */
export class Undeliverable extends Error {
  readonly reason: "refused" | "wrong-number" | "opted-out";

  constructor(reason: Undeliverable["reason"] = "refused") {
    super(`The message will not be sent: ${reason}.`);
    this.name = "Undeliverable";
    this.reason = reason;
  }
}

/** Nobody can be reached at this address on this channel; another channel may. */
export class WrongNumber extends Undeliverable {
  constructor() {
    super("wrong-number");
    this.name = "WrongNumber";
  }
}
