import { Appointment, Request, Reservation } from "@turno/core/booking";
import { idFrom } from "@turno/core/platform";
import { Listing } from "@turno/core/scheduling";
import type { Desk } from "../../desk.ts";
import { bookingLink, patientLink, requestLink } from "../link.ts";
import { details, detailsForDoctor, preparationFor, type Visit, visitOf } from "../visit.ts";
import { toDoctor, toPatient, type Writer } from "./letter.ts";

/** About a request, by its id. */
export const requests = {
  request_received: async (desk, requestId) => {
    const visit = await pending(desk, requestId);
    if (!visit) return undefined;
    const { expiresAt } = visit.appointment;
    const link = patientLink(desk, visit.appointment);
    return toPatient(visit, "request_received", { ...details(visit), expiresAt, link });
  },

  doctor_new_request: async (desk, requestId) => {
    const visit = await pending(desk, requestId);
    if (!visit) return undefined;
    const { urgencyLevel, chiefComplaint, expiresAt } = visit.appointment;
    return toDoctor(visit, "doctor_new_request", {
      ...detailsForDoctor(visit),
      ...{ urgency: urgencyLevel, complaint: chiefComplaint, expiresAt },
      link: requestLink(desk, requestId),
    });
  },

  request_changed: async (desk, requestId) => {
    const { context } = desk;
    const request = await Request.get(context, requestId);
    const reservation = await Reservation.get(context, idFrom("reservation", request.appointmentId));
    const changes = changesBetween(request, reservation);
    if (reservation.status !== "confirmed" || Object.keys(changes).length === 0) return undefined;
    const visit = await visitOf(context, reservation);
    return toPatient(visit, "request_changed", {
      ...details(visit),
      ...changes,
      clinicAddress: visit.practice.clinicAddress,
      preparation: await preparationFor(context, reservation),
      link: patientLink(desk, reservation),
    });
  },

  request_rejected: async (desk, requestId) => {
    const request = await Request.get(desk.context, requestId);
    if (request.status !== "rejected") return undefined;
    const visit = await visitOf(desk.context, request);
    return toPatient(visit, "request_rejected", {
      ...details(visit),
      ...(request.reason && { reason: request.reason }),
      ...(await alternatives(desk, visit)),
      link: bookingLink(desk, request.profileId),
    });
  },

  request_expired_patient: async (desk, requestId) => {
    const visit = await expired(desk, requestId);
    if (!visit) return undefined;
    const link = bookingLink(desk, visit.practice.profileId);
    return toPatient(visit, "request_expired_patient", { ...details(visit), link });
  },

  request_expired_doctor: async (desk, requestId) => {
    const visit = await expired(desk, requestId);
    if (!visit) return undefined;
    const { expiresAt } = visit.appointment;
    return toDoctor(visit, "request_expired_doctor", { ...detailsForDoctor(visit), expiresAt });
  },
} satisfies { readonly [Name in RequestTemplate]: Writer<Name> };

type RequestTemplate =
  | "request_received"
  | "doctor_new_request"
  | "request_changed"
  | "request_rejected"
  | "request_expired_patient"
  | "request_expired_doctor";

type Asked = Visit<Request.Request>;

/** The request, unless somebody or time has decided. */
async function pending({ context }: Desk, requestId: string): Promise<Asked | undefined> {
  const request = await Request.get(context, requestId);
  return Request.statusAt(request, context.now()) === "pending" ? visitOf(context, request) : undefined;
}

async function expired({ context }: Desk, requestId: string): Promise<Asked | undefined> {
  const request = await Request.get(context, requestId);
  return request.status === "expired" ? visitOf(context, request) : undefined;
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
