import { Channel } from "@turno/core/notifications";
import type { Instant } from "@turno/core/platform";
import * as z from "zod";
import type { Account } from "./account.ts";
import { read, urlOf } from "./api.ts";

/** Twilio's clock is not ours, and it counts whole seconds. */
const TOLERANCE_MILLIS = 60_000;

/** Nothing but the number tells one call from another: a later one may be about something else. */
const CALLED_WITHIN_MILLIS = 15 * 60_000;

const Sent = z.object({
  sid: z.string().min(1),
  /** RFC 2822. */
  date_created: z.string(),
  direction: z.string(),
  body: z.string().nullish(),
});

const Listed = z.union([
  z.object({ messages: z.array(Sent) }).transform(({ messages }) => messages),
  z.object({ calls: z.array(Sent) }).transform(({ calls }) => calls),
]);

interface Wanted {
  readonly resource: "Messages" | "Calls";
  readonly From: string;
  readonly To: string;
  /** Calls keep none: there, the first to this number is it. */
  readonly body?: string;
  /** When the first attempt began. */
  readonly since: Instant;
}

/**
 * The message that an earlier attempt has sent, when it has: Twilio takes no key that would tell, and names our
 * reference in receipts alone.
 *
 * Not filtered by when it was sent, since what waits in a queue has no such date yet.
 */
export async function sentEarlier(
  account: Account,
  { resource, From, To, body, since }: Wanted,
): Promise<{ sid: string } | undefined> {
  const url = urlOf(account, resource);
  for (const [name, value] of Object.entries({ To, From, PageSize: "200" }))
    url.searchParams.set(name, value);
  const listed = Listed.safeParse(await unclear(read(account, url)));
  if (!listed.success) throw new Channel.TryLater("unreadable-answer", undefined, true);
  const from = Date.parse(since) - TOLERANCE_MILLIS;
  const until = body === undefined ? Date.parse(since) + CALLED_WITHIN_MILLIS : Number.POSITIVE_INFINITY;
  // The newest comes first, and the first since then is it: the next dose of a medicine reads the same.
  return listed.data.findLast(({ direction, date_created, body: text }) => {
    const at = Date.parse(date_created);
    const isThen = from <= at && at <= until;
    return direction.startsWith("outbound") && isThen && (body === undefined || sameText(text ?? "", body));
  });
}

/** Whoever cannot look knows as little as before, whatever the reason. */
async function unclear<T>(looking: Promise<T>): Promise<T> {
  try {
    return await looking;
  } catch (error) {
    const { reason, retryAfterSeconds } =
      error instanceof Channel.TryLater ? error : { reason: "busy" as const, retryAfterSeconds: undefined };
    throw new Channel.TryLater(reason, retryAfterSeconds, true);
  }
}

/** Twilio trims what it keeps, and where we are found may have changed since. */
const sameText = (a: string, b: string): boolean => words(a) === words(b);

const words = (text: string): string =>
  text
    .replace(/https?:\/\/\S+/g, "")
    .replace(/\s+/g, " ")
    .trim();
