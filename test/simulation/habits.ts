import { type Chance, dealing, evenly } from "./chance.ts";

export type Decision = "approve" | "reject" | "withdraw" | "forget";
export type Change = "cancel" | "cancel by clinic" | "move";
export type Answer = "confirm" | "cancel" | "reschedule" | "stop" | "nonsense";
export type Response = "accept" | "accept in words" | "decline" | "decline in words" | "leave" | "none";

/** How many of those who could do something do it, as shares from 0 to 1. */
export interface Habits {
  /** Of the visits that are agreed, those that are cancelled or moved. */
  readonly changing: number;
  /** Of those who are asked for a deposit. */
  readonly paying: number;
  /** Of the reminders, those that are answered. */
  readonly answering: number;
  /** The answers, each as often as it comes. */
  readonly answers: readonly Answer[];
  /** Of those who look for a time, those who wait for one that is not free. */
  readonly waiting: number;
  /** Of those who have a visit, those who would rather have an earlier one. */
  readonly wantingEarlier: number;
  /** Of the visits that took place, those at which a medication is prescribed. */
  readonly prescribing: number;
}

const times = <const T>(number: number, what: T): T[] => Array.from({ length: number }, () => what);

/** As in a clinic. */
export const usual: Habits = {
  changing: 0.22,
  paying: 0.8,
  answering: 0.06,
  answers: [
    ...times(9, "confirm"),
    ...times(3, "cancel"),
    ...times(4, "reschedule"),
    ...times(3, "nonsense"),
    "stop",
  ],
  waiting: 0.04,
  wantingEarlier: 0.03,
  prescribing: 0.06,
};

/** Enough of each to be seen in three days. */
export const busy: Habits = {
  changing: 0.5,
  paying: 1,
  answering: 0.6,
  answers: ["reschedule", "cancel", "confirm", "stop", "nonsense", "reschedule"],
  waiting: 0.2,
  wantingEarlier: 0.15,
  prescribing: 0.3,
};

const CHANGES: readonly Change[] = [...times(3, "cancel"), "cancel by clinic", ...times(3, "move")];
const DECISIONS: readonly Decision[] = [
  ...times(5, "approve"),
  "reject",
  "forget",
  "withdraw",
  ...times(10, "approve"),
  ...times(2, "forget"),
];
const RESPONSES: readonly Response[] = [
  "accept in words",
  "none",
  "accept",
  "decline",
  "accept",
  "decline in words",
  "leave",
  "accept in words",
];

/** Whose turn it is, and what they do when it is theirs. */
export interface Turns {
  readonly decision: () => Decision;
  /** What becomes of a visit before its time, if anything; those with a deposit have turns of their own. */
  readonly change: (hasDeposit: boolean) => Change | undefined;
  readonly pays: () => boolean;
  /** How a reminder is answered, if it is; those that come just before the visit have turns of their own. */
  readonly answer: (isNear: boolean) => Answer | undefined;
  readonly waits: () => boolean;
  readonly wantsEarlier: () => boolean;
  readonly response: () => Response;
  readonly prescribes: () => boolean;
}

export function turnsBy(habits: Habits, chance: Chance): Turns {
  const some = <T>(share: number, cards: readonly T[]): (() => T | undefined) => {
    const isTurn = evenly(share);
    const deal = dealing(chance, cards);
    return () => (isTurn() ? deal() : undefined);
  };
  const free = some(habits.changing, CHANGES);
  const paid = some(habits.changing, [...new Set(CHANGES)]);
  const far = some(habits.answering, habits.answers);
  const near = some(habits.answering, habits.answers);
  return {
    decision: dealing(chance, DECISIONS),
    change: (hasDeposit) => (hasDeposit ? paid() : free()),
    pays: evenly(habits.paying),
    answer: (isNear) => (isNear ? near() : far()),
    waits: evenly(habits.waiting),
    wantsEarlier: evenly(habits.wantingEarlier),
    response: dealing(chance, RESPONSES),
    prescribes: evenly(habits.prescribing),
  };
}
