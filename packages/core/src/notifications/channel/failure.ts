import * as z from "zod";

/** Why a message failed for good. */
export const FailureReason = z.enum(["refused", "wrong-number"]);
export type FailureReason = z.infer<typeof FailureReason>;

/** The message may have gone out or not, and sending it again with the same key is right. */
export class TryLater extends Error {
  readonly reason: "busy" | "timeout" | "unauthorized" | "unreachable" | "unreadable-answer";
  /** How long the provider asked to be left alone. */
  readonly retryAfterSeconds: number | undefined;

  constructor(reason: TryLater["reason"], retryAfterSeconds?: number) {
    super(`The message could not be sent for now: ${reason}.`);
    this.name = "TryLater";
    this.reason = reason;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The provider will never send this message. */
export class Undeliverable extends Error {
  readonly reason: FailureReason;

  constructor(reason: FailureReason = "refused") {
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
