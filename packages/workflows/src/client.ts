import { type ClientOptions, Inngest } from "inngest";
import { Discretion } from "./discretion.ts";

/** What a machine may choose; by default everything comes from the environment. */
export type InngestOptions = Pick<
  ClientOptions,
  "isDev" | "baseUrl" | "eventKey" | "signingKey" | "signingKeyFallback" | "appVersion" | "fetch" | "logger"
>;

/**
 * The client that sends events and serves workflows.
 *
 * Production unless an option or INNGEST_DEV says otherwise. A checkpoint would carry the arguments of steps in the
 * clear, so every step is a call of its own.
 */
export const client = (options: InngestOptions = {}) =>
  new Inngest({ ...options, id: "turno", checkpointing: false, middleware: [Discretion] });

export type Client = ReturnType<typeof client>;
