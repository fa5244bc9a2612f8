import {
  ApprovalChanges,
  idOf,
  NewAppointment,
  RequestStatus,
  RequestSummary,
  RequestView,
} from "@turno/core/schemas";
import * as z from "zod";
import { anybodyOrStaff, linkOrStaff, practitioners, staff } from "../access.ts";
import { pageOf, pageQuery } from "../page.ts";
import { route } from "../route.ts";
import { Booked, Requested, slotExample, wishExample, wishFailures } from "./wish.ts";

const params = z.strictObject({ requestId: idOf("request") });
const context = "booking";

export const createRequest = route({
  id: "createRequest",
  method: "POST",
  path: "/v1/requests",
  context,
  access: anybodyOrStaff,
  summary: "Ask for a slot",
  description:
    "The slot is held until a doctor decides, at most until `expiresAt`. A service that needs no approval is booked at once and answers with a reservation.",
  body: NewAppointment,
  example: wishExample,
  responses: { 201: z.discriminatedUnion("status", [Requested, Booked]) },
  failures: [...wishFailures, "slot-too-soon", "slot-too-far"],
});

export const getRequest = route({
  id: "getRequest",
  method: "GET",
  path: "/v1/requests/{requestId}",
  context,
  access: linkOrStaff,
  summary: "One request, with its clinical details",
  description: "For its patient and the care team. The reading is logged.",
  params,
  responses: { 200: RequestView.meta({ id: "Request" }) },
  failures: ["not-found"],
});

export const approveRequest = route({
  id: "approveRequest",
  method: "POST",
  path: "/v1/requests/{requestId}/approve",
  context,
  access: practitioners,
  summary: "Turn a request into a reservation",
  description:
    "As asked, or with other time, service, length or price. The held time passes to the reservation without a gap. `already-decided` says in its facts what the request became.",
  params,
  body: z.strictObject({ changes: ApprovalChanges.optional() }),
  example: { changes: { newSlotId: slotExample, durationChange: 10, notes: "Con estudios previos" } },
  responses: { 201: z.object({ reservationId: idOf("reservation") }) },
  failures: ["not-found", "already-decided", "slot-taken", "slot-blocked"],
});

export const rejectRequest = route({
  id: "rejectRequest",
  method: "POST",
  path: "/v1/requests/{requestId}/reject",
  context,
  access: practitioners,
  summary: "Turn a request down",
  description: "Its slot is free at once. The reason is told to the patient.",
  params,
  body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
  example: { reason: "Ese día no hay consulta" },
  responses: { 200: z.object({ requestId: idOf("request"), status: z.literal("rejected") }) },
  failures: ["not-found", "already-decided"],
});

export const cancelRequest = route({
  id: "cancelRequest",
  method: "POST",
  path: "/v1/requests/{requestId}/cancel",
  context,
  access: linkOrStaff,
  summary: "Take a request back",
  description: "Its slot is free at once.",
  params,
  body: z.strictObject({ reason: z.string().trim().min(1).max(500).optional() }),
  example: { reason: "Ya no lo necesito" },
  responses: { 200: z.object({ requestId: idOf("request"), status: z.literal("cancelled") }) },
  failures: ["not-found", "already-decided"],
});

export const listRequests = route({
  id: "listRequests",
  method: "GET",
  path: "/v1/profiles/{profileId}/requests",
  context,
  access: staff(),
  summary: "A calendar's inbox",
  description: "Pending requests by nearest expiry, others by latest decision. For the care team.",
  params: z.strictObject({ profileId: idOf("profile") }),
  query: z.strictObject({
    status: RequestStatus.default("pending"),
    ...pageQuery({ usual: 50, most: 100 }),
  }),
  responses: { 200: pageOf(RequestSummary.meta({ id: "RequestSummary" })) },
  failures: ["not-found"],
});
