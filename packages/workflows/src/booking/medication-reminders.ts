import { Prescription } from "@turno/core/booking";
import type { Context, Instant } from "@turno/core/platform";
import type { Desk } from "../desk.ts";
import { events } from "../events.ts";
import { Independent } from "../independent.ts";
import { say } from "../message/index.ts";
import { sleepUntil } from "../sleep.ts";

const id = "medication-reminders";

/** The service takes 1,000 steps a run, and sends all that came before with each of its calls: many short runs cost less. */
const DOSES_IN_A_RUN = 30;

/** Two runs of one prescription, where something was begun anew, never send at the same moment. */
const oneAtATime = { limit: 1, key: "event.data.prescriptionId" };

/**
 * Reminds of each dose of a prescription at its time. A long course goes on in another run, which begins where this one
 * leaves off.
 *
 * A dose whose time has passed, after an outage or in quiet hours, is left out: two at a time would be taken for two.
 */
export const medicationReminders = (desk: Desk) =>
  desk.inngest.createFunction(
    {
      id,
      triggers: [events["prescription/created"], events["prescription/continued"]],
      idempotency: 'event.name == "prescription/continued" ? event.id : event.data.prescriptionId',
      concurrency: [{ limit: 20 }, oneAtATime],
      retries: 1,
      cancelOn: [
        {
          event: events["prescription/ended"],
          if: "async.data.prescriptionId == event.data.prescriptionId",
        },
      ],
    },
    async ({ event, step }) => {
      const { prescriptionId } = event.data;
      const first = event.name === "prescription/continued" ? event.data.fromDose : undefined;
      const reminders = new Independent();
      let reminded = 0;
      let after: Instant | undefined;
      for (;;) {
        const { now, doses, next } = await step.run(`doses-after-${after ?? "none"}`, () =>
          dosesOf(desk.context, prescriptionId, { first, after }),
        );
        let last = now;
        for (const dose of doses) {
          await sleepUntil(step, `until-${dose}`, dose, last);
          const said = await reminders.outcomeOf(
            say(step, desk, `remind-${dose}`, {
              workflow: id,
              template: "medication_reminder",
              about: prescriptionId,
            }),
          );
          last = dose;
          if (said?.status === "sent" || said?.status === "already-sent") reminded++;
          // It was ended, or the time has run on: the table says what is still to come.
          if (said?.status === "moot") break;
        }
        if (doses.length > 0) {
          after = last;
          continue;
        }
        if (next)
          await step.run("continue", () => Prescription.continueFrom(desk.context, prescriptionId, next));
        reminders.end();
        return { reminded, ...(next && { next }) };
      }
    },
  );

/** The doses of this run that are still to come, and the one from which on another run reminds. None once it has ended. */
async function dosesOf(
  context: Context,
  prescriptionId: string,
  { first, after = "" }: { first: Instant | undefined; after: Instant | undefined },
) {
  const prescription = await Prescription.get(context, prescriptionId);
  const now = context.now();
  const from = first ?? prescription.createdAt;
  const all = Prescription.dosesAt(prescription, now, { from, limit: DOSES_IN_A_RUN + 1 });
  const doses = all
    .slice(0, DOSES_IN_A_RUN)
    .filter((dose) => dose > after && Prescription.isTimely(dose, now));
  return { now, doses, next: all[DOSES_IN_A_RUN] };
}
