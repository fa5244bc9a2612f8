import { Refusal } from "@turno/core/platform";

/** Who asks has not said who they are, or not convincingly. */
export class Unauthenticated extends Refusal {
  constructor(message = "This needs a bearer token.") {
    super("unauthenticated", message);
  }
}

/** Somebody signed in whom no clinic knows. */
export class NotAMember extends Refusal {
  constructor(message = "No clinic knows the address that you signed in with.") {
    super("not-a-member", message);
  }
}

export class NoSuchRoute extends Refusal {
  constructor() {
    super("not-found", "There is nothing at this address.");
  }
}

export class MalformedJson extends Refusal {
  constructor() {
    super("malformed-json", "The body is not well-formed JSON.");
  }
}

export class TooLarge extends Refusal {
  constructor(mostBytes: number) {
    super("too-large", `A body may have at most ${mostBytes} bytes.`, { mostBytes });
  }
}

export class UnsupportedMediaType extends Refusal {
  constructor() {
    super("unsupported-media-type", "The content-type of a body has to be application/json.");
  }
}
