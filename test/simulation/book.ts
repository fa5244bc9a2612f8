import type { Terms } from "./medications.ts";
import type { Calendar, Offer as Service } from "./town.ts";

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

/** Who comes to the clinics: each is of one clinic, and known there by their phone. */
export interface Person {
  readonly name: string;
  readonly phone: string;
  readonly email: string;
  readonly calendar: Calendar;
}

/** One booking as those who were answered know it: nothing of it is read from the table. */
export interface Visit extends Person {
  readonly service: Service;
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
  cancelledBy?: "patient" | "clinic";
  /** The visit that it moved from. */
  readonly movedFrom?: Visit;
  /** When its deposit was paid: of the visit as it was booked first. */
  paidAt?: number;
  /** When its patient wrote that they come. */
  comingAt?: number;
  /** Somebody is at it, and nobody does two things with it at a time. */
  isBusy?: boolean;
  /** Its patient has written, and nobody does anything else before the clinic has read it. */
  unreadUntil?: number;
}

/** What a message of a patient's is about, in the words of the plan that a clinic makes of it. */
export type Meant =
  | "confirm"
  | "cancel"
  | "reschedule"
  | "move"
  | "stop"
  | "read"
  | "accept-offer"
  | "decline-offer";

/** What a patient wrote. */
export interface Reply {
  readonly phone: string;
  readonly text: string;
  readonly at: number;
  readonly meant: Meant;
  /** What did not come of it that should have. */
  failure?: string;
}

/** A time that was held for one person alone, as they were told. */
export interface Offered {
  readonly offerId: string;
  readonly start: number;
  readonly seenAt: number;
  readonly until: number;
  answer?: "accepted" | "declined" | "left";
  answeredAt?: number;
}

/** Somebody who waits for a time. */
export interface Waiting extends Person {
  readonly service: Service;
  readonly entryId: string;
  readonly linkToken: string;
  readonly joinedAt: number;
  /** Local dates, both included. */
  readonly from: string;
  readonly to: string;
  /** The visit that they have, where they would rather have an earlier one. */
  readonly has?: Visit;
  readonly offers: Offered[];
  /** How many messages with an offer came. */
  told: number;
  isBusy?: boolean;
  unreadUntil?: number;
  stage: "waiting" | "booked" | "left";
}

/** What was prescribed at a visit. */
export interface Prescription {
  readonly prescriptionId: string;
  readonly visit: Visit;
  readonly terms: Terms;
  readonly issuedAt: number;
  endedAt?: number;
}

/** What everybody was told, in the order of their answers. */
export interface Book {
  readonly visits: Visit[];
  readonly replies: Reply[];
  readonly waiting: Waiting[];
  readonly prescriptions: Prescription[];
  /** When whoever has a phone wrote that they want no messages, by phone. */
  readonly stops: Map<string, number>;
  /** How often each deed was done, and how often it was refused, by the refusal's type. */
  readonly counts: Map<string, number>;
}

export const emptyBook = (): Book => ({
  visits: [],
  replies: [],
  waiting: [],
  prescriptions: [],
  stops: new Map(),
  counts: new Map(),
});

export const count = ({ counts }: Book, what: string): void => {
  counts.set(what, (counts.get(what) ?? 0) + 1);
};

/** Whether a visit is still to come, or to be decided. */
export const isOpen = ({ stage }: Visit): boolean => stage === "pending" || stage === "confirmed";

/** What a clinic asks for in advance of a visit, in minor units. */
export const depositFor = ({ calendar, service }: Visit): number =>
  Math.round((service.price * (calendar.depositPercent ?? 0)) / 100);

/** The visit as it was booked first: what was paid is known by it. */
export const firstOf = (visit: Visit): Visit => (visit.movedFrom ? firstOf(visit.movedFrom) : visit);
