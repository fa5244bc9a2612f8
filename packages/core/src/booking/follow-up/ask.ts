import { type Actor, type Context, commit, Outbox, ulidIn } from "../../platform/index.ts";
import { Service } from "../../scheduling/index.ts";
import { get as reservationOf } from "../reservation/reservation.store.ts";
import type { FollowUpType, Reservation } from "../reservation/reservation.ts";
import { find, insert } from "./follow-up.store.ts";
import { usualQuestions } from "./questions.ts";

const system: Actor = { kind: "system" };

interface Asking {
  readonly reservationId: string;
  readonly type: FollowUpType;
  /** Of this visit; when left out those of its service, and then the usual ones. */
  readonly questions?: readonly string[] | undefined;
}

/** Somebody was faster: the questions are theirs. */
class AlreadyAsked extends Error {}

/**
 * Opens a follow-up, so that what the patient writes is kept as the answer, and tells of it. A repetition changes nothing.
 *
 * Answers whether the patient is to be asked: not when the visit did not take place after all. Throws `not-found`.
 */
export async function ask(context: Context, { reservationId, type, questions }: Asking): Promise<boolean> {
  const reservation = await reservationOf(context, reservationId);
  if (reservation.status !== "completed") return false;
  if (await find(context, ulidIn(reservationId), type)) return true;
  const asked = await questionsFor(context, reservation, type, questions);
  const { organizationId, profileId, patientName, patientPhone, localDate } = reservation;
  try {
    await commit(context, [
      insert(context, reservation, { type, questions: asked }, new AlreadyAsked()),
      Outbox.tell(context, system, {
        organizationId,
        about: reservationId,
        events: ["appointment/follow-up"],
        data: {
          ...{ reservationId, profileId, patientName, patientPhone },
          appointmentDate: localDate,
          followUpType: type,
          followUpQuestions: asked,
        },
      }),
    ]);
  } catch (error) {
    if (!(error instanceof AlreadyAsked)) throw error;
  }
  return true;
}

/** What the patient is asked, once it is opened. */
export const questionsOf = async (
  context: Context,
  reservationId: string,
  type: FollowUpType,
): Promise<readonly string[] | undefined> => (await find(context, ulidIn(reservationId), type))?.questions;

async function questionsFor(
  context: Context,
  { profileId, serviceId, language }: Reservation,
  type: FollowUpType,
  own: readonly string[] = [],
): Promise<string[]> {
  if (own.length > 0) return [...own];
  const { followUpQuestions = [] } = await Service.get(context, profileId, serviceId);
  return [...(followUpQuestions.length > 0 ? followUpQuestions : usualQuestions[language][type])];
}
