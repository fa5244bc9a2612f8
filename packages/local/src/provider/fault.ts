import { asRecord, Malformed } from "./message.ts";

/** How the next messages fail. */
export interface Fault {
  /** How many messages it takes; 0 ends the faults. */
  times: number;
  /** Refuses the message instead of keeping it. */
  status?: 429 | 500;
  /** Makes the sender wait, in milliseconds. */
  delayMs?: number;
  /** Breaks the connection instead of answering; without a status the message is kept all the same. */
  dropResponse?: boolean;
}

/** @throws Malformed naming every field that is wrong. */
export function readFault(given: unknown): Fault {
  const { times, status, delayMs, dropResponse } = asRecord(given);
  const problems: string[] = [];
  if (!isCount(times)) problems.push("times has to be a whole number");
  if (status !== undefined && status !== 429 && status !== 500) problems.push("status has to be 429 or 500");
  if (delayMs !== undefined && !isCount(delayMs)) problems.push("delayMs has to be a whole number");
  if (dropResponse !== undefined && typeof dropResponse !== "boolean") {
    problems.push("dropResponse has to be true or false");
  }
  if (problems.length > 0) throw new Malformed(problems);
  return given as Fault;
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0;
}
