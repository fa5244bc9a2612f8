import { join } from "node:path";
import { ulid } from "ulid";
import type { Clock } from "../clock/clock.ts";
import { openJournal } from "../disk/index.ts";
import { Malformed, type OutgoingMessage, type ReceivedMessage } from "./message.ts";

export interface MessageQuery {
  to?: string;
  /** ISO; only what was received at this moment or after. */
  since?: string;
}

/** What the provider has received, on disk before anybody is told. */
export interface Inbox {
  /** Keeps a message, unless its key is known: then the message of that key is returned and nothing is kept. */
  receive(idempotencyKey: string, message: OutgoingMessage): ReceivedMessage;
  /**
   * Newest first.
   *
   * @throws Malformed when `since` is not a date.
   */
  messages(query?: MessageQuery): ReceivedMessage[];
  close(): void;
}

/** Opens the inbox of a state folder, whose messages are the lines of `messages.jsonl`. */
export function openInbox(stateDir: string, clock: Clock): Inbox {
  const journal = openJournal<ReceivedMessage>(join(stateDir, "messages.jsonl"));
  const received = [...journal.recovered];
  const byKey = new Map(received.map((message) => [message.idempotencyKey, message]));
  return {
    receive(idempotencyKey, outgoing) {
      const known = byKey.get(idempotencyKey);
      if (known) return known;
      const now = clock.now();
      const message: ReceivedMessage = {
        providerMessageId: `msg_${ulid(now)}`,
        idempotencyKey,
        receivedAt: new Date(now).toISOString(),
        ...outgoing,
      };
      journal.append(message);
      received.push(message);
      byKey.set(idempotencyKey, message);
      return message;
    },
    messages({ to, since } = {}) {
      const from = since === undefined ? Number.NEGATIVE_INFINITY : instant(since);
      return received
        .filter((message) => to === undefined || message.to === to)
        .filter((message) => Date.parse(message.receivedAt) >= from)
        .reverse();
    },
    close: () => journal.close(),
  };
}

function instant(since: string): number {
  const parsed = Date.parse(since);
  if (Number.isNaN(parsed)) throw new Malformed(["since has to be a date"]);
  return parsed;
}
