import { Request } from "@turno/core/booking";
import { Profile } from "@turno/core/identity";
import { type Context, type Instant, instantOf, minutesBetween, Outbox, plus } from "@turno/core/platform";
import type { Desk } from "../desk.ts";
import { events } from "../events.ts";
import { Independent } from "../independent.ts";
import { say, sayToBoth } from "../message/index.ts";
import { sleepUntil } from "../sleep.ts";
import { expire } from "./expire.ts";

const id = "request-approval";

/**
 * Brings a request to the doctor, and to its end when nobody decides.
 *
 * A decision ends the run: it is waited for by `cancelOn`, which is set up with the run and so misses none, where a wait
 * for an event begins a moment after the look at the table. Every step looks at the table as well.
 */
export const requestApproval = (desk: Desk) =>
  desk.inngest.createFunction(
    {
      id,
      triggers: events["reservation/request-created"],
      cancelOn: [
        { event: events["reservation/approved"], if: "async.data.requestId == event.data.requestId" },
        { event: events["reservation/rejected"], if: "async.data.requestId == event.data.requestId" },
        {
          event: events["reservation/request-cancelled"],
          if: "async.data.requestId == event.data.requestId",
        },
      ],
    },
    async ({ event, step }) => {
      const { requestId } = event.data;
      const asked = instantOf(event.ts);
      const plan = await step.run("plan", () => planOf(desk.context, requestId));
      // Nobody heard of it in time.
      if (plan.status === "expired") return step.run("expire", () => expire(desk.context, requestId));
      if (plan.status !== "pending") return { ended: plan.status };
      const parts = new Independent();
      const said = { workflow: id, about: requestId };
      const toDoctor = "doctor_new_request";
      await sayToBoth(step, desk, parts, { ...said, patient: "request_received", doctor: toDoctor });
      await parts.outcomeOf(step.run("announce", () => announce(desk.context, requestId)));
      if (plan.remindAt) {
        await sleepUntil(step, "half-time", plan.remindAt, asked);
        await parts.outcomeOf(say(step, desk, "remind-doctor", { ...said, template: toDoctor }));
      }
      await sleepUntil(step, "expiry", plan.expiresAt, plan.remindAt ?? asked);
      const { ended } = await step.run("expire", () => expire(desk.context, requestId));
      parts.end();
      return { ended };
    },
  );

const pressing: readonly string[] = ["high", "urgent"];

/** Only what presses is reminded of, half-way to its end; when that has passed already there was an outage. */
async function planOf(context: Context, requestId: string) {
  const request = await Request.get(context, requestId);
  const { createdAt, expiresAt, urgencyLevel } = request;
  const now = context.now();
  const halfTime: Instant = plus(createdAt, { minutes: minutesBetween(createdAt, expiresAt) / 2 });
  const isReminded = pressing.includes(urgencyLevel) && halfTime > now;
  return { status: Request.statusAt(request, now), expiresAt, ...(isReminded && { remindAt: halfTime }) };
}

async function announce(context: Context, requestId: string): Promise<void> {
  const request = await Request.get(context, requestId);
  const { organizationId, profileId, patientName, patientPhone, serviceName } = request;
  const { doctorName, doctorPhone } = await Profile.practice(context, profileId);
  await Outbox.announce(context, {
    organizationId,
    about: requestId,
    event: "doctor/new-request",
    step: `${id}:announce`,
    at: request.createdAt,
    data: {
      ...{ profileId, doctorName, doctorPhone, requestId, patientName, patientPhone, serviceName },
      appointmentTime: request.start,
      urgencyLevel: request.urgencyLevel,
      chiefComplaint: request.chiefComplaint,
    },
  });
}
