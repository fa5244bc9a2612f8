import { FollowUp, Reservation } from "@turno/core/booking";
import { type Context, instantOf } from "@turno/core/platform";
import type { Desk } from "../desk.ts";
import { events } from "../events.ts";
import { say } from "../message/index.ts";
import { sleepUntil } from "../sleep.ts";

const id = "appointment-follow-up";

const templates = {
  "24h": "follow_up_24h",
  "48h": "follow_up_48h",
  "1week": "follow_up_1week",
  "2weeks": "follow_up_2weeks",
} as const;

/**
 * Asks a patient how they are, so long after the visit was completed as its follow-up says, and lets what they write be
 * kept as the answer.
 *
 * A completion with a follow-up is told by two events, of which either begins this.
 */
export const appointmentFollowUp = (desk: Desk) =>
  desk.inngest.createFunction(
    {
      id,
      triggers: [
        events["appointment/completed"],
        { event: events["reservation/completed"], if: "event.data.followUpRequired == true" },
      ],
      idempotency: "event.data.reservationId",
      concurrency: 5,
      retries: 2,
    },
    async ({ event, step }) => {
      const { data } = event;
      const { reservationId } = data;
      const wish =
        "followUpType" in data ? { type: data.followUpType, questions: data.followUpQuestions } : {};
      const plan = await step.run("plan", () => planOf(desk.context, reservationId, wish.type));
      if (plan.status !== "completed") return { ended: plan.status };
      const { type, at } = plan;
      await sleepUntil(step, "until", at, instantOf(event.ts));
      const isAsked = await step.run("ask", () =>
        FollowUp.ask(desk.context, { reservationId, type, questions: wish.questions }),
      );
      if (!isAsked) return { ended: "before it was asked" };
      const template = templates[type];
      const { status } = await say(step, desk, "tell-patient", {
        workflow: id,
        template,
        about: reservationId,
      });
      return { followUp: type, status };
    },
  );

/** What is asked when: as the event says, or else as the visit was completed. */
async function planOf(context: Context, reservationId: string, wished?: FollowUp.FollowUpType) {
  const { status, completion, endedAt } = await Reservation.get(context, reservationId);
  if (status !== "completed" || !endedAt) return { status: status as Exclude<typeof status, "completed"> };
  const type = wished ?? completion?.followUpType ?? "24h";
  return { status, type, at: FollowUp.dueAt(endedAt, type) };
}
