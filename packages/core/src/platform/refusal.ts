/**
 * A request that was understood and turned down: an answer of the domain, not a fault.
 *
 * `type` is stable and public; `facts` are safe to show to whoever asked. Which HTTP status a type becomes is decided
 * at the edge.
 */
export class Refusal extends Error {
  readonly type: string;
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(type: string, message: string, facts: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = "Refusal";
    this.type = type;
    this.facts = facts;
  }
}

/** Also the answer for what belongs to another tenant: whoever asks does not learn that it exists. */
export class NotFound extends Refusal {
  constructor(what: string, id: string) {
    super("not-found", `There is no ${what} with this id.`, { what, id });
  }
}

export class Forbidden extends Refusal {
  constructor(message = "You may not do this.") {
    super("forbidden", message);
  }
}

/** The thing was edited since it was read. */
export class Stale extends Refusal {
  constructor(what: string) {
    super("stale", `The ${what} has changed since you read it. Read it again and repeat your edit.`, {
      what,
    });
  }
}

/** The same idempotency key came with other content. */
export class IdempotencyKeyReused extends Refusal {
  constructor() {
    super("idempotency-key-reused", "This Idempotency-Key was used before with another body.");
  }
}

/** Input that is well-formed but makes no sense; `pointer` is a JSON pointer into the body. */
export class Invalid extends Refusal {
  constructor(pointer: string, detail: string) {
    super("invalid", "The request is not valid.", { errors: [{ pointer, detail }] });
  }
}

/** The database would not take the write for now: too much contention or throttling. Worth another try. */
export class Busy extends Refusal {
  constructor() {
    super("busy", "Too much is happening at once. Please try again in a moment.");
  }
}
