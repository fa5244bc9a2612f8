import { type Instant, plus } from "../../platform/index.ts";

/** What a person may answer with a number. */
export type Offer =
  /** Times to which a visit can be moved. */
  | { readonly kind: "times"; readonly reservationId: string; readonly slotIds: readonly string[] }
  /** Bookings, of which the wish is about one. */
  | {
      readonly kind: "bookings";
      readonly wish: "confirm" | "cancel" | "reschedule";
      readonly ids: readonly string[];
    };

/** Somebody who was given a choice by a clinic. */
export interface Conversation {
  /** The message that the offer answered. */
  readonly messageId: string;
  readonly offer: Offer;
  readonly until: Instant;
}

const HOURS = 4;

/** Until when a number means what was offered at `now`. */
export const endOf = (now: Instant): Instant => plus(now, { hours: HOURS });

/** What the number of a choice, from 1, stands for; `undefined` where nothing of it was offered. */
export const chosenIn = ({ offer }: Conversation, number: number): string | undefined =>
  (offer.kind === "times" ? offer.slotIds : offer.ids)[number - 1];
