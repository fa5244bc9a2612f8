import { type ClientOptions, Inngest, type Middleware } from "inngest";
import { Discretion } from "./discretion.ts";
import { Retries } from "./operations/retryable.ts";

/** What a machine may choose; by default everything comes from the environment. */
export type InngestOptions = Pick<
  ClientOptions,
  "isDev" | "baseUrl" | "eventKey" | "signingKey" | "signingKeyFallback" | "appVersion" | "fetch" | "logger"
> & {
  /** Sees every run; none when left out. */
  readonly observer?: Middleware.Class;
};

/**
 * The client that sends events and serves workflows.
 *
 * Production unless an option or INNGEST_DEV says otherwise. A checkpoint would carry the arguments of steps in the
 * clear, so every step is a call of its own.
 */
export const client = (
  { observer, ...options }: InngestOptions = {},
  own: readonly Middleware.Class[] = [],
) =>
  new Inngest({
    ...options,
    id: "turno",
    checkpointing: false,
    middleware: [Discretion, Retries, ...own, ...(observer ? [observer] : [])],
  });

export type Client = ReturnType<typeof client>;
