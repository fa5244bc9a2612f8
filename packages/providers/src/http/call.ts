import { Channel } from "@turno/core/notifications";

export interface Call {
  readonly url: string | URL;
  readonly method?: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly timeoutMillis: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Its JSON; `undefined` when it is none, or breaks off. */
  readonly body: unknown;
}

/**
 * Calls a provider.
 *
 * Throws TryLater when no answer comes: unclear, unless nobody was there to take the call.
 */
export async function call({ url, method = "POST", headers, body, timeoutMillis }: Call): Promise<Answer> {
  const signal = AbortSignal.timeout(timeoutMillis);
  try {
    const response = await fetch(url, {
      method,
      headers,
      signal,
      // An account's key goes nowhere but where it belongs.
      redirect: "error",
      ...(body !== undefined && { body }),
    });
    return { status: response.status, headers: response.headers, body: await jsonOf(response) };
  } catch (error) {
    if (signal.aborted) throw new Channel.TryLater("timeout");
    throw new Channel.TryLater("unreachable", undefined, !neverArrived(error));
  }
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

/** How a connection fails before anything is said over it. */
const BEFORE_ANYTHING: readonly unknown[] = [
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "UND_ERR_CONNECT_TIMEOUT",
];

const neverArrived = (error: unknown): boolean =>
  error instanceof Error &&
  error.cause instanceof Error &&
  BEFORE_ANYTHING.includes((error.cause as NodeJS.ErrnoException).code);
