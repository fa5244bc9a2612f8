import { Reservation } from "@turno/core/booking";
import { idFrom } from "@turno/core/platform";
import type { Desk } from "../../desk.ts";
import { refundFor } from "../../payments/visit.ts";
import { bookingLink, patientLink } from "../link.ts";
import { details, detailsForDoctor, preparationFor, type Visit, visitOf } from "../visit.ts";
import { toDoctor, toPatient, type Writer } from "./letter.ts";

/** About a visit, by the id of its reservation. */
export const visits = {
  appointment_confirmed: async (desk, reservationId) => {
    const visit = await inState(desk, reservationId, "confirmed");
    if (!visit) return undefined;
    return toPatient(visit, "appointment_confirmed", {
      ...details(visit),
      clinicAddress: visit.practice.clinicAddress,
      preparation: await preparationFor(desk.context, visit.appointment),
      link: patientLink(desk, visit.appointment),
    });
  },

  appointment_cancelled: async (desk, reservationId) => {
    const visit = await inState(desk, reservationId, "cancelled");
    // Who asked for it in a conversation was answered there.
    if (!visit || visit.appointment.toldInReply) return undefined;
    const { cancelledBy = "system", reason, profileId } = visit.appointment;
    const refund = await refundFor(desk.context, visit.appointment);
    return toPatient(visit, "appointment_cancelled", {
      ...details(visit),
      cancelledBy,
      ...(reason && { reason }),
      ...(refund && { refund }),
      link: bookingLink(desk, profileId),
    });
  },

  appointment_cancelled_doctor: async (desk, reservationId) => {
    const visit = await inState(desk, reservationId, "cancelled");
    if (!visit) return undefined;
    const { cancelledBy = "system", reason } = visit.appointment;
    return toDoctor(visit, "appointment_cancelled_doctor", {
      ...detailsForDoctor(visit),
      cancelledBy,
      ...(reason && { reason }),
    });
  },

  appointment_rescheduled: async (desk, reservationId) => {
    const visit = await inState(desk, reservationId, "confirmed");
    if (!visit || visit.appointment.toldInReply) return undefined;
    const { appointmentTime, ...variables } = details(visit);
    return toPatient(visit, "appointment_rescheduled", {
      ...variables,
      newAppointmentTime: appointmentTime,
      ...(await moveTo(desk, visit)),
      clinicAddress: visit.practice.clinicAddress,
      link: patientLink(desk, visit.appointment),
    });
  },

  appointment_rescheduled_doctor: async (desk, reservationId) => {
    const visit = await inState(desk, reservationId, "confirmed");
    if (!visit) return undefined;
    const { appointmentTime, ...variables } = detailsForDoctor(visit);
    return toDoctor(visit, "appointment_rescheduled_doctor", {
      ...variables,
      newAppointmentTime: appointmentTime,
      ...(await moveTo(desk, visit)),
    });
  },
} satisfies { readonly [Name in VisitTemplate]: Writer<Name> };

type VisitTemplate =
  | "appointment_confirmed"
  | "appointment_cancelled"
  | "appointment_cancelled_doctor"
  | "appointment_rescheduled"
  | "appointment_rescheduled_doctor";

type Booked = Visit<Reservation.Reservation>;

/** The visit, while its reservation is what the message says of it. */
async function inState(
  { context }: Desk,
  reservationId: string,
  status: "confirmed" | "cancelled",
): Promise<Booked | undefined> {
  const reservation = await Reservation.get(context, reservationId);
  return reservation.status === status ? visitOf(context, reservation) : undefined;
}

/** The time that a moved visit had before, and why it was moved. */
async function moveTo({ context }: Desk, { appointment }: Booked) {
  const { start, reason } = await Reservation.get(context, idFrom("reservation", appointment.movedFrom!));
  return { oldAppointmentTime: start, ...(reason && { reason }) };
}
