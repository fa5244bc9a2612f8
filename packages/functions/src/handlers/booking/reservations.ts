import { Reservation } from "@turno/core/booking";
import { Organization, Profile } from "@turno/core/identity";
import { idFrom, localDateOf } from "@turno/core/platform";
import type { Handlers } from "../../pipeline/handler.ts";
import { calendarOf } from "./calendar.ts";
import { depositOf } from "./deposit.ts";
import { linkTo, wished } from "./wish.ts";

export const reservations = {
  async createReservation({ context, actor, body, operation }) {
    const { practice, service, patientId } = await wished(context, actor, body);
    const reservation = await Reservation.book(context, actor, practice, service, patientId, body, operation);
    return {
      reservationId: idFrom("reservation", reservation.appointmentId),
      status: "confirmed",
      linkToken: linkTo(context, reservation),
    };
  },
  async getReservation({ context, actor, params }) {
    const reservation = await Reservation.view(context, actor, params.reservationId);
    const deposit = await depositOf(context, reservation);
    return { ...reservation, ...(deposit && { deposit }) };
  },
  async listReservations({ context, actor, params, query: { toReview, ...dates } }) {
    const practice = await Profile.practice(context, params.profileId);
    const shown = { ...dates, toReview: toReview === "true" };
    return { items: await Reservation.agenda(context, actor, practice, shown) };
  },
  async listClinicReservations({ context, actor, params, query }) {
    const { organizationId, timezone } = await Organization.bySlug(context, params.slug);
    const date = query.date ?? localDateOf(context.now(), timezone);
    const shown = { date, toReview: query.toReview === "true" };
    return { items: await Reservation.clinicDay(context, actor, organizationId, shown) };
  },
  async cancelReservation({ context, actor, params: { reservationId }, body: { reason }, operation }) {
    const refund = await Reservation.cancel(context, actor, { reservationId, reason, operation });
    return { reservationId, status: "cancelled", ...refund };
  },
  async rescheduleReservation({ context, actor, params: { reservationId }, body, operation }) {
    const moved = await Reservation.reschedule(context, actor, Profile.practice, {
      reservationId,
      ...body,
      operation,
    });
    return {
      reservationId: idFrom("reservation", moved.appointmentId),
      status: "confirmed",
      appointmentTime: moved.start,
      linkToken: linkTo(context, moved),
    };
  },
  async completeReservation({ context, actor, params: { reservationId }, body, operation }) {
    await Reservation.complete(context, actor, body, { reservationId, operation });
    return { reservationId, status: "completed" };
  },
  async markNoShow({ context, actor, params: { reservationId }, operation }) {
    await Reservation.noShow(context, actor, { reservationId, operation });
    return { reservationId, status: "no_show" };
  },
  async remindReservation({ context, actor, params: { reservationId }, operation }) {
    await Reservation.remind(context, actor, { reservationId, operation });
    return { reservationId };
  },
  async getReservationCalendar({ context, actor, params: { reservationId } }) {
    const reservation = await Reservation.view(context, actor, reservationId);
    const practice = await Profile.practice(context, reservation.profileId);
    return calendarOf(reservation, practice, context.now());
  },
} satisfies Partial<Handlers<"booking">>;
