/** Asking again with the same key is right: the provider does nothing twice. */
export class TryLater extends Error {
  readonly reason: "busy" | "timeout" | "unauthorized" | "unreachable" | "unreadable-answer";
  /** How long the provider asked to be left alone. */
  readonly retryAfterSeconds: number | undefined;

  constructor(reason: TryLater["reason"], retryAfterSeconds?: number) {
    super(`The provider of payments could not be asked for now: ${reason}.`);
    this.name = "TryLater";
    this.reason = reason;
    this.retryAfterSeconds = retryAfterSeconds;
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
