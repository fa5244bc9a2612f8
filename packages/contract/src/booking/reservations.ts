import {
  AgendaEntry,
  Completion,
  Currency,
  DepositView,
  Instant,
  idOf,
  LocalDate,
  NewAppointment,
  RefundAmount,
  ReservationView,
  SlotId,
  Slug,
} from "@turno/core/schemas";
import * as z from "zod";
import { linkOrStaff, practitioners, staff } from "../access.ts";
import { listOf } from "../page.ts";
import { route } from "../route.ts";
import { isRange } from "../scheduling/range.ts";
import { Booked, LinkToken, slotExample, wishExample, wishFailures } from "./wish.ts";

const Agenda = listOf(AgendaEntry.meta({ id: "AgendaEntry" }));
const params = z.strictObject({ reservationId: idOf("reservation") });
const context = "booking";
const toReview = z
  .literal("true")
  .optional()
  .meta({ description: "Only visits whose time went by and nobody said how they ended" });

export const createReservation = route({
  id: "createReservation",
  method: "POST",
  path: "/v1/reservations",
  context,
  access: staff(),
  summary: "Book for a patient at once",
  description: "For the desk and the phone: no approval, no notice, no horizon.",
  body: NewAppointment,
  example: { ...wishExample, source: "phone" },
  responses: { 201: Booked },
  failures: wishFailures,
});

export const getReservation = route({
  id: "getReservation",
  method: "GET",
  path: "/v1/reservations/{reservationId}",
  context,
  access: linkOrStaff,
  summary: "One reservation",
  description: "For its patient and the care team. The reading is logged.",
  params,
  responses: {
    200: ReservationView.extend({
      deposit: DepositView.optional().meta({
        description: "What was asked for in advance, where anything was",
      }),
    }).meta({ id: "Reservation" }),
  },
  failures: ["not-found"],
});

export const listReservations = route({
  id: "listReservations",
  method: "GET",
  path: "/v1/profiles/{profileId}/reservations",
  context,
  access: staff(),
  summary: "A calendar's agenda",
  description: "Dates of the profile's zone, `to` included, at most 62 days. For the care team.",
  params: z.strictObject({ profileId: idOf("profile") }),
  query: z
    .strictObject({ from: LocalDate, to: LocalDate.meta({ example: "2026-12-10" }), toReview })
    .refine(isRange({ days: 62 }), {
      path: ["to"],
      message: "must not come before from, nor more than 62 days after it",
    }),
  responses: { 200: Agenda },
  failures: ["not-found"],
});

export const listClinicReservations = route({
  id: "listClinicReservations",
  method: "GET",
  path: "/v1/clinics/{slug}/reservations",
  context,
  access: staff(),
  summary: "A clinic's day",
  params: z.strictObject({ slug: Slug }),
  query: z.strictObject({
    date: LocalDate.optional().meta({ description: "Today in the clinic's zone when left out" }),
    toReview,
  }),
  responses: { 200: Agenda },
  failures: ["not-found"],
});

export const cancelReservation = route({
  id: "cancelReservation",
  method: "POST",
  path: "/v1/reservations/{reservationId}/cancel",
  context,
  access: linkOrStaff,
  summary: "Cancel a reservation",
  description:
    "The slot is free at once. What goes back of a deposit that was paid follows the policy that held when it was booked; when the clinic cancels, all of it. The reservation's `deposit` tells what becomes of it.",
  params,
  body: z.strictObject({ reason: z.string().trim().min(1).max(500).optional() }),
  example: { reason: "Estoy de viaje" },
  responses: {
    200: z.object({
      reservationId: idOf("reservation"),
      status: z.literal("cancelled"),
      refundAmount: RefundAmount,
      currency: Currency,
    }),
  },
  failures: ["not-found", "already-ended", "too-late"],
});

export const rescheduleReservation = route({
  id: "rescheduleReservation",
  method: "POST",
  path: "/v1/reservations/{reservationId}/reschedule",
  context,
  access: linkOrStaff,
  summary: "Move a reservation to another slot of its service",
  description:
    "The old time is free and the new one taken in one step. The moved visit is a new reservation with a link of its own; price and policy stay.",
  params,
  body: z.strictObject({ slotId: SlotId, reason: z.string().trim().min(1).max(500).optional() }),
  example: { slotId: slotExample, reason: "Prefiero la tarde" },
  responses: {
    201: z.object({
      reservationId: idOf("reservation").meta({ description: "Of the moved visit" }),
      status: z.literal("confirmed"),
      appointmentTime: Instant,
      linkToken: LinkToken,
    }),
  },
  failures: [...wishFailures, "slot-too-soon", "slot-too-far", "already-ended", "too-late"],
});

export const completeReservation = route({
  id: "completeReservation",
  method: "POST",
  path: "/v1/reservations/{reservationId}/complete",
  context,
  access: practitioners,
  summary: "The visit took place",
  description: "Within a day of being marked as a no-show it is put right by this as well.",
  params,
  body: Completion,
  example: { followUpRequired: true, followUpType: "1week", prescriptionIssued: true },
  responses: { 200: z.object({ reservationId: idOf("reservation"), status: z.literal("completed") }) },
  failures: ["not-found", "already-ended", "not-begun"],
});

export const markNoShow = route({
  id: "markNoShow",
  method: "POST",
  path: "/v1/reservations/{reservationId}/no-show",
  context,
  access: practitioners,
  summary: "The patient did not come",
  params,
  responses: { 200: z.object({ reservationId: idOf("reservation"), status: z.literal("no_show") }) },
  failures: ["not-found", "already-ended", "not-begun"],
});

export const remindReservation = route({
  id: "remindReservation",
  method: "POST",
  path: "/v1/reservations/{reservationId}/remind",
  context,
  access: staff(),
  summary: "Remind the patient now",
  description: "Accepted: the message goes out in a moment. For the care team.",
  params,
  responses: { 202: z.object({ reservationId: idOf("reservation") }) },
  failures: ["not-found", "already-ended"],
});

export const getReservationCalendar = route({
  id: "getReservationCalendar",
  method: "GET",
  path: "/v1/reservations/{reservationId}/calendar.ics",
  context,
  access: linkOrStaff,
  summary: "The visit as a calendar file",
  params,
  produces: "text/calendar",
  responses: { 200: z.string() },
  failures: ["not-found"],
});
