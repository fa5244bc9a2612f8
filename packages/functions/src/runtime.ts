import type { Context } from "@turno/core/platform";
import type { Measure } from "./metrics/metric.ts";
import type { Receivers } from "./webhooks/receiver.ts";

/** Who vouches for staff: any OIDC issuer. */
export interface Issuer {
  /** The `iss` of its tokens. */
  readonly url: string;
  /** The `aud` of its tokens or, where they have none, their `client_id`. */
  readonly audience: string;
  /** Where its keys are; its discovery document says so when left out. */
  readonly jwksUrl?: string;
}

/** What a Lambda knows of the stage that it runs in. */
export interface Runtime {
  readonly context: Context;
  /** Without one nobody can sign in. */
  readonly issuer: Issuer | undefined;
  readonly stage: string;
  readonly version: string;
  /** Where patients and staff find the pages. */
  readonly webUrl: string;
  /** What browsers subscribe to push messages with; none can where it is left out. */
  readonly pushKey?: string;
  /** Hears one line for each request; standard output when left out. */
  readonly log?: (line: object) => void;
  /** Hears what is counted; nobody when left out. */
  readonly measure?: Measure;
  /** Take the calls of the providers that this stage has accounts with; without them nobody's calls are taken. */
  readonly receivers?: Receivers;
}
