import {
  type Actor,
  type Context,
  commit,
  type Instant,
  idFrom,
  Outbox,
  ulidIn,
} from "../../platform/index.ts";
import { get as reservationOf } from "../reservation/reservation.store.ts";
import type { FollowUpType } from "../reservation/reservation.ts";
import { answered, lastAsked, lastAskedOf, type Row } from "./follow-up.store.ts";
import { isOpen } from "./follow-up.ts";

const system: Actor = { kind: "system" };

/** A follow-up that waits for an answer. */
export interface Open {
  readonly reservationId: string;
  readonly type: FollowUpType;
}

/** Where somebody writes from, or what they write about. */
export type Asked =
  | { readonly reservationId: string }
  | { readonly organizationId: string; readonly phone: string };

/** The follow-up that a message of a patient answers when it comes now, if any: the one that was asked last. */
export async function openFor(context: Context, asked: Asked): Promise<Open | undefined> {
  const row =
    "reservationId" in asked
      ? await lastAsked(context, ulidIn(asked.reservationId))
      : await lastAskedOf(context, asked.organizationId, asked.phone);
  return row && isOpen(row.askedAt, context.now()) ? openIn(row) : undefined;
}

const openIn = ({ appointmentId, type }: Row): Open => ({
  reservationId: idFrom("reservation", appointmentId),
  type,
});

interface Answer extends Open {
  /** Tells one message from another; a repeated one is kept once. */
  readonly messageId: string;
  readonly text: string;
  readonly at: Instant;
}

/** This message has been kept before. */
class AlreadyAnswered extends Error {}

/** Keeps what a patient wrote as the answer to a follow-up, and tells of it without the words. Throws `not-found`. */
export async function answer(context: Context, answer: Answer): Promise<void> {
  const { reservationId, type, messageId, at } = answer;
  const { organizationId, profileId } = await reservationOf(context, reservationId);
  try {
    await commit(context, [
      answered(context, answer, new AlreadyAnswered()),
      Outbox.tell(context, system, {
        organizationId,
        about: reservationId,
        events: ["appointment/follow-up-answered"],
        data: { reservationId, profileId, followUpType: type, messageId, answeredAt: at },
      }),
    ]);
  } catch (error) {
    if (!(error instanceof AlreadyAnswered)) throw error;
  }
}
