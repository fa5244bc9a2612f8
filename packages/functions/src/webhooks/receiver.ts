import type { Context } from "@turno/core/platform";
import type { Verified, WebhookRequest } from "@turno/providers/webhooks";
import type { Measure } from "../metrics/metric.ts";

/** What a receiver works with. */
export interface Office {
  readonly context: Context;
  /** Hears what is counted; nobody when left out. */
  readonly measure?: Measure;
}

/** Takes the calls of one provider. */
export interface Receiver {
  /** Throws `BadSignature` and `StaleTimestamp`. */
  verify(request: WebhookRequest, office: Office): Verified | Promise<Verified>;
  /** Does what a verified call says. May be repeated; throws only what may pass, so that the provider calls again. */
  take(request: WebhookRequest, office: Office): Promise<void>;
  /** Answers the question whether this is the address that the provider was given. Throws `BadSignature`. */
  challenge?(request: WebhookRequest): string;
}

/** By the name that the address has for the provider. */
export type Receivers = Readonly<Record<string, Receiver>>;
