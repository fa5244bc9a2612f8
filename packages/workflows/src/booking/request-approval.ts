import { Request } from "@turno/core/booking";
import { Profile } from "@turno/core/identity";
import { type Context, type Instant, minutesBetween, Outbox, plus } from "@turno/core/platform";
import type { Desk } from "../desk.ts";
import { events } from "../events.ts";
import { Independent } from "../independent.ts";
import {
  details,
  detailsForDoctor,
  patientLink,
  requestLink,
  tellDoctor,
  tellPatient,
  visitOf,
} from "../message/index.ts";
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
      const plan = await step.run("plan", () => planOf(desk.context, requestId));
      // Nobody heard of it in time.
      if (plan.status === "expired") return step.run("expire", () => expire(desk.context, requestId));
      if (plan.status !== "pending") return { ended: plan.status };
      const parts = new Independent();
      await parts.outcomeOf(step.run("tell-patient", () => tellReceived(desk, requestId)));
      await parts.outcomeOf(step.run("tell-doctor", () => askDoctor(desk, requestId, "tell-doctor")));
      await parts.outcomeOf(step.run("announce", () => announce(desk.context, requestId)));
      if (plan.remindAt) {
        await step.sleepUntil("half-time", plan.remindAt);
        await parts.outcomeOf(step.run("remind-doctor", () => askDoctor(desk, requestId, "remind-doctor")));
      }
      await step.sleepUntil("expiry", plan.expiresAt);
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

/** The request, unless somebody or time has decided. */
async function pending(context: Context, requestId: string): Promise<Request.Request | undefined> {
  const request = await Request.get(context, requestId);
  return Request.statusAt(request, context.now()) === "pending" ? request : undefined;
}

async function tellReceived(desk: Desk, requestId: string) {
  const request = await pending(desk.context, requestId);
  if (!request) return { status: "decided" as const };
  const visit = await visitOf(desk.context, request);
  return tellPatient(desk, visit, {
    occasion: `${id}:tell-patient`,
    about: requestId,
    template: "request_received",
    variables: { ...details(visit), expiresAt: request.expiresAt, link: patientLink(desk, request) },
  });
}

async function askDoctor(desk: Desk, requestId: string, step: "tell-doctor" | "remind-doctor") {
  const request = await pending(desk.context, requestId);
  if (!request) return { status: "decided" as const };
  const visit = await visitOf(desk.context, request);
  return tellDoctor(desk, visit, {
    occasion: `${id}:${step}`,
    about: requestId,
    template: "doctor_new_request",
    variables: {
      ...detailsForDoctor(visit),
      urgency: request.urgencyLevel,
      complaint: request.chiefComplaint,
      expiresAt: request.expiresAt,
      link: requestLink(desk, requestId),
    },
  });
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
