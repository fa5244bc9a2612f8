import { type Actor, Audit, type Context, requireCareTeam } from "../../platform/index.ts";
import { get as reservationOf } from "../reservation/reservation.store.ts";
import { answersOf, ofAppointment } from "./follow-up.store.ts";
import type { FollowUp } from "./follow-up.ts";

/**
 * What a patient was asked after a visit and answered, oldest first: for the care team. The reading is logged.
 *
 * Throws `not-found`, `forbidden`.
 */
export async function list(context: Context, actor: Actor, reservationId: string): Promise<FollowUp[]> {
  const { organizationId, profileId, appointmentId } = await reservationOf(context, reservationId);
  requireCareTeam(actor, { organizationId, profileId }, "reservation", reservationId);
  await Audit.read(context, actor, { organizationId, about: reservationId, what: "follow-ups" });
  const [asked, answers] = await Promise.all([
    ofAppointment(context, appointmentId),
    answersOf(context, appointmentId),
  ]);
  return asked.map(({ type, askedAt, questions }) => ({
    followUpType: type,
    ...{ askedAt, questions },
    answers: answers
      .filter((answer) => answer.type === type)
      .map(({ text, answeredAt }) => ({ text, answeredAt })),
  }));
}
