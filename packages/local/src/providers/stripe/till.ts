import { join } from "node:path";
import { openJournal } from "../../disk/index.ts";
import type { Reply } from "../stand-in.ts";

/** A page on which somebody is to pay. */
export interface Session {
  readonly id: string;
  readonly url: string;
  readonly reference: string;
  readonly amount: number;
  readonly currency: string;
  readonly description: string;
  readonly successUrl: string;
  /** Epoch seconds. */
  readonly createdAt: number;
  /** Epoch seconds. */
  readonly expiresAt: number;
  readonly metadata: Readonly<Record<string, string>>;
  readonly status: "open" | "complete" | "expired";
  readonly paymentId?: string;
}

export interface Refund {
  readonly id: string;
  readonly paymentId: string;
  readonly amount: number;
  readonly status: "pending" | "succeeded" | "failed";
  readonly metadata: Readonly<Record<string, string>>;
}

/** What is to be told, and what comes true with it. */
export interface Telling {
  readonly id: string;
  readonly type: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Of the session or the refund. */
  readonly of: string;
  /** What a refund ends as. */
  readonly outcome?: "succeeded" | "failed";
}

/** What was answered to a key, and to which call. */
interface Answered {
  readonly key: string;
  readonly call: string;
  readonly reply: Reply;
}

type Entry =
  | { readonly session: Session }
  | { readonly refund: Refund }
  | { readonly answered: Answered }
  | { readonly telling: Telling }
  | { readonly told: string };

/** All that the stand-in took and is to tell, on disk before anybody hears of it. */
export interface Till {
  readonly sessions: ReadonlyMap<string, Session>;
  readonly refunds: ReadonlyMap<string, Refund>;
  readonly answered: ReadonlyMap<string, Answered>;
  readonly untold: ReadonlyMap<string, Telling>;
  write(...entries: Entry[]): void;
  close(): void;
}

export function openTill(stateDir: string): Till {
  const journal = openJournal<Entry>(join(stateDir, "payments.jsonl"));
  const sessions = new Map<string, Session>();
  const refunds = new Map<string, Refund>();
  const answered = new Map<string, Answered>();
  const untold = new Map<string, Telling>();
  const note = (entry: Entry): void => {
    if ("session" in entry) sessions.set(entry.session.id, entry.session);
    if ("refund" in entry) refunds.set(entry.refund.id, entry.refund);
    if ("answered" in entry) answered.set(entry.answered.key, entry.answered);
    if ("telling" in entry) untold.set(entry.telling.id, entry.telling);
    if ("told" in entry) untold.delete(entry.told);
  };
  journal.recovered.forEach(note);
  return {
    ...{ sessions, refunds, answered, untold },
    write(...entries) {
      for (const entry of entries) {
        journal.append(entry);
        note(entry);
      }
    },
    close: () => journal.close(),
  };
}
