import type { IncomingHttpHeaders } from "node:http";
import type { ProviderName } from "@turno/core/platform";
import type { Fault, Message, Said } from "./office/index.ts";

/** A call of ours, as a provider gets it. */
export interface Asked {
  readonly method: string;
  /** Below the provider's own address. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Told as JSON. */
  readonly body?: object;
}

/** A call of a provider's, as it makes it to us. */
export interface Hook {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One provider of messages as it is from outside: what it takes, what it refuses, what it tells later. */
export interface StandIn {
  readonly provider: ProviderName;
  /** The environment variables that lead the adapter here. */
  readonly variables: (url: string) => Readonly<Record<string, string>>;
  /** Whether the call hands in a message, and may so be told to fail. */
  isMessage(asked: Asked): boolean;
  answer(asked: Asked, fault: Partial<Fault>): Reply | Promise<Reply>;
  /** How it says that it has too much to do, that it failed, or refuses with one of its codes. */
  failure(why: "busy" | "fault" | number | string): Reply;
  /** What it tells first of a message that it took, where that is more than its answer. */
  sent?(message: Message, apiUrl: string, at: number): Hook | undefined;
  /** What it tells of a message that it took, when it tells anything. `apiUrl` is our address. */
  receipt?(message: Message, apiUrl: string, at: number): Hook | undefined;
  /** What it passes on of what a person wrote. */
  saying?(said: Said, apiUrl: string, at: number): Hook;
}

/** The channel's answer to a call that nobody knows. */
export class Refused extends Error {
  readonly reply: Reply;

  constructor(reply: Reply) {
    super(`refused with ${reply.status}`);
    this.reply = reply;
  }
}

/** A phone as every provider wants it. */
export const E164 = /^\+[1-9]\d{6,14}$/;

export const EMAIL = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/;

/** The JSON of a call, when it is an object of the right content type. */
export function jsonOf({ headers, body }: Asked): Record<string, unknown> | undefined {
  if (!headers["content-type"]?.startsWith("application/json")) return undefined;
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
