import type { Calendar, Offer } from "./town.ts";

export type Stage =
  | "pending"
  | "confirmed"
  | "rejected"
  | "withdrawn"
  | "expired"
  | "cancelled"
  | "moved"
  | "completed"
  | "no_show";

/** One booking as those who were answered know it: nothing of it is read from the table. */
export interface Visit {
  readonly name: string;
  readonly phone: string;
  readonly email: string;
  readonly calendar: Calendar;
  readonly service: Offer;
  /** In epoch milliseconds, as all times here. */
  start: number;
  readonly askedAt: number;
  readonly requestId?: string;
  readonly expiresAt?: number;
  reservationId?: string;
  readonly linkToken: string;
  stage: Stage;
  confirmedAt?: number;
  /** When it stopped being pending or confirmed. */
  endedAt?: number;
  /** The visit that it moved from. */
  readonly movedFrom?: Visit;
}

/** What everybody was told, in the order of their answers. */
export interface Book {
  readonly visits: Visit[];
  /** How often each deed was done, and how often it was refused, by the refusal's type. */
  readonly counts: Map<string, number>;
}

export const emptyBook = (): Book => ({ visits: [], counts: new Map() });

export const count = ({ counts }: Book, what: string): void => {
  counts.set(what, (counts.get(what) ?? 0) + 1);
};
