import { Appointment, Request, Reservation } from "@turno/core/booking";
import { idFrom } from "@turno/core/platform";
import { Listing } from "@turno/core/scheduling";
import type { Desk } from "../desk.ts";
import { events } from "../events.ts";
import {
  bookingLink,
  details,
  patientLink,
  preparationFor,
  tellPatient,
  type Visit,
  visitOf,
} from "../message/index.ts";

const id = "request-decision";

/**
 * Tells the patient what a doctor decided, where nothing else does: what was changed, or why it was turned down and
 * which times are free. An approval as asked for is told by the confirmation of the booking alone.
 */
export const requestDecision = (desk: Desk) =>
  desk.inngest.createFunction(
    { id, triggers: [events["reservation/approved"], events["reservation/rejected"]] },
    async ({ event, step }) => {
      const { requestId } = event.data;
      if (event.name === "reservation/rejected") {
        return step.run("tell-rejected", () => tellRejected(desk, requestId));
      }
      return step.run("tell-changed", () => tellChanged(desk, requestId));
    },
  );

async function tellChanged(desk: Desk, requestId: string) {
  const { context } = desk;
  const request = await Request.get(context, requestId);
  const reservation = await Reservation.get(context, idFrom("reservation", request.appointmentId));
  if (reservation.status !== "confirmed") return { status: "ended" as const };
  const changes = changesBetween(request, reservation);
  if (Object.keys(changes).length === 0) return { status: "as-asked" as const };
  const visit = await visitOf(context, reservation);
  return tellPatient(desk, visit, {
    occasion: `${id}:tell-changed`,
    about: requestId,
    template: "request_changed",
    variables: {
      ...details(visit),
      ...changes,
      clinicAddress: visit.practice.clinicAddress,
      preparation: await preparationFor(context, reservation),
      link: patientLink(desk, reservation),
    },
  });
}

/** What the doctor made different, as the message names it. */
function changesBetween(asked: Request.Request, agreed: Reservation.Reservation) {
  const duration = Appointment.durationOf(agreed);
  return {
    ...(agreed.start !== asked.start && { oldAppointmentTime: asked.start }),
    ...(agreed.serviceId !== asked.serviceId && { oldServiceName: asked.serviceName }),
    ...(duration !== Appointment.durationOf(asked) && { newDuration: duration }),
    ...(agreed.price !== asked.price && { newPrice: { amount: agreed.price, currency: agreed.currency } }),
    ...(agreed.approvalNotes && { notes: agreed.approvalNotes }),
  };
}

async function tellRejected(desk: Desk, requestId: string) {
  const { context } = desk;
  const request = await Request.get(context, requestId);
  if (request.status !== "rejected") return { status: "ended" as const };
  const visit = await visitOf(context, request);
  return tellPatient(desk, visit, {
    occasion: `${id}:tell-rejected`,
    about: requestId,
    template: "request_rejected",
    variables: {
      ...details(visit),
      ...(request.reason && { reason: request.reason }),
      ...(await alternatives(desk, visit)),
      link: bookingLink(desk, request.profileId),
    },
  });
}

const ALTERNATIVES = 3;

/** The next free times of the same service; not the one that was turned down, which is free again. */
async function alternatives({ context }: Desk, { appointment, practice }: Visit) {
  const { start, end } = Listing.bookingWindow(practice, context.now());
  const { items } = await Listing.list(context, practice, {
    from: start,
    to: end,
    serviceId: appointment.serviceId,
    limit: ALTERNATIVES + 1,
  });
  const times = items.map(({ startTime }) => startTime).filter((time) => time !== appointment.start);
  return times.length > 0 ? { alternatives: times.slice(0, ALTERNATIVES) } : {};
}
