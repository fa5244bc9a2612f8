/**
 * Asking again is right, with the same key, by which the provider does nothing twice; except where its answer is saved.
 */
export class TryLater extends Error {
  readonly reason: "busy" | "timeout" | "unauthorized" | "unreachable" | "unreadable-answer";
  /** How long the provider asked to be left alone. */
  readonly retryAfterSeconds: number | undefined;
  /** The key gets this answer for good: another one is needed, when it was looked up that nothing was done. */
  readonly isSaved: boolean;

  constructor(reason: TryLater["reason"], retryAfterSeconds?: number, isSaved = false) {
    super(`The provider of payments could not be asked for now: ${reason}.`);
    this.name = "TryLater";
    this.reason = reason;
    this.retryAfterSeconds = retryAfterSeconds;
    this.isSaved = isSaved;
  }
}

/** The provider will never do this; `reason` is its own word for why. */
export class Refused extends Error {
  readonly reason: string;

  constructor(reason: string) {
    super(`The provider of payments refuses: ${reason}.`);
    this.name = "Refused";
    this.reason = reason;
  }
}
