import { ApiProblem } from "@turno/client";
import { type Book, count, type Stage, type Visit } from "./book.ts";
import type { Chance } from "./chance.ts";
import type { Turns } from "./habits.ts";
import type { Office } from "./office.ts";
import type { Plans } from "./plans.ts";

/** What those who live in a simulated month work with. */
export interface Life {
  readonly office: Office;
  readonly chance: Chance;
  readonly turns: Turns;
  readonly book: Book;
  readonly plans: Plans;
  /** The clock, in epoch milliseconds. */
  readonly now: () => number;
  /** Plans what comes of a booking: first the decision, where there has to be one. */
  readonly follow: (life: Life, visit: Visit) => void;
  /** No visit begins after this. */
  readonly end: number;
  /** From then on nobody begins a conversation that there is no time to end. */
  readonly lastCall: number;
}

/** Does a deed and counts it; a refusal of the API is an answer, any other failure is a fault. */
export async function tried<T>({ book }: Life, what: string, deed: () => Promise<T>): Promise<T | undefined> {
  try {
    const done = await deed();
    count(book, what);
    return done;
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status >= 500) throw error;
    count(book, `${what}: ${error.type}`);
    return undefined;
  }
}

export function close(life: Life, visit: Visit, stage: Stage): void {
  visit.stage = stage;
  visit.endedAt = life.now();
}

/** Whether somebody is at a visit or a wish, or has written of it and is not read yet. */
export const isTaken = (
  { now }: Life,
  { isBusy, unreadUntil = 0 }: Pick<Visit, "isBusy" | "unreadUntil">,
): boolean => isBusy === true || now() < unreadUntil;

/** Does something with a visit that is agreed, unless somebody else is at it. */
export async function engage(life: Life, visit: Visit, deed: () => Promise<void>): Promise<void> {
  if (visit.stage !== "confirmed" || isTaken(life, visit)) return;
  visit.isBusy = true;
  try {
    await deed();
  } finally {
    visit.isBusy = false;
  }
}
