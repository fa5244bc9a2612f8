import * as z from "zod";
import type { Channel, OutgoingMessage } from "./channel.ts";
import { TryLater, Undeliverable, WrongNumber } from "./failure.ts";

export interface LoopbackOptions {
  /** Where the stand-in listens, without a final slash. */
  readonly url: string;
  readonly key: string;
  readonly timeoutMillis?: number;
}

/** The stand-in provider of one machine, which keeps messages for somebody to look at. */
export const loopback = ({ url, key, timeoutMillis = 10_000 }: LoopbackOptions): Channel => ({
  name: "loopback",
  async send(message) {
    const response = await post(`${url}/messages`, key, message, timeoutMillis);
    if (response.status !== 202) throw await failureOf(response);
    return acceptedIn(response);
  },
});

async function post(
  url: string,
  key: string,
  { idempotencyKey, ...message }: OutgoingMessage,
  timeoutMillis: number,
): Promise<Response> {
  try {
    return await fetch(url, {
      method: "POST",
      headers: {
        authorization: `Bearer ${key}`,
        "content-type": "application/json",
        "idempotency-key": idempotencyKey,
      },
      body: JSON.stringify(message),
      signal: AbortSignal.timeout(timeoutMillis),
    });
  } catch (error) {
    throw new TryLater(wasTimeout(error) ? "timeout" : "unreachable", undefined, true);
  }
}

const wasTimeout = (error: unknown): boolean => error instanceof Error && error.name === "TimeoutError";

/** What is wrong with a message, each line beginning with the name of the field. */
const Refused = z.object({ errors: z.array(z.string()).min(1) });

/** What the answer means; its text goes no further, since a provider may repeat the message in it. */
async function failureOf(response: Response): Promise<Error> {
  const { status } = response;
  if (status === 422) {
    const refused = Refused.safeParse(await bodyOf(response));
    const onlyAddress = refused.data?.errors.every((error) => error.startsWith("to "));
    return onlyAddress ? new WrongNumber() : new Undeliverable();
  }
  await response.body?.cancel();
  if (status === 429 || status >= 500)
    return new TryLater("busy", secondsIn(response.headers.get("retry-after")));
  // A key can be put right, and the message then goes out.
  if (status === 401) return new TryLater("unauthorized");
  return new Undeliverable();
}

const secondsIn = (retryAfter: string | null): number | undefined =>
  retryAfter !== null && /^\d+$/.test(retryAfter) ? Number(retryAfter) : undefined;

const Accepted = z.object({ providerMessageId: z.string().min(1) });

async function acceptedIn(response: Response): Promise<{ providerMessageId: string }> {
  const accepted = Accepted.safeParse(await bodyOf(response));
  if (!accepted.success) throw new TryLater("unreadable-answer");
  return accepted.data;
}

/** The answer's JSON, or `undefined` when it is none or breaks off. */
const bodyOf = (response: Response): Promise<unknown> => response.json().catch(() => undefined);
