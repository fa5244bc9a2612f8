import { EntryStatus, EntrySummary, EntryView, idOf, NewEntry, OfferId } from "@turno/core/schemas";
import * as z from "zod";
import { anybodyOrStaff, linkOrStaff, staff } from "../access.ts";
import { pageOf, pageQuery } from "../page.ts";
import { route } from "../route.ts";
import { Booked, LinkToken, Requested } from "./wish.ts";

const params = z.strictObject({ entryId: idOf("entry") });
const offerParams = z.strictObject({ offerId: OfferId });
const context = "booking";

export const joinWaitlist = route({
  id: "joinWaitlist",
  method: "POST",
  path: "/v1/waitlist",
  context,
  access: anybodyOrStaff,
  summary: "Wait for a time that is not free yet",
  description:
    "One entry for each person, service and doctor. When a time becomes free that fits, it is offered to one after the other, by urgency and then by who has waited longest. Dates and times are the calendar's own.",
  body: NewEntry,
  example: {
    profileId: "prf_01JDWXR3M8Q6V9T2KZB4N7HC5E",
    serviceId: "svc_01JDWXR3M8Q6V9T2KZB4N7HC5F",
    patientName: "Lucía Ramírez",
    patientPhone: "+525587654321",
    language: "es",
    from: "2026-12-03",
    to: "2026-12-20",
    weekdays: [1, 3, 5],
    times: [{ startTime: "09:00", endTime: "12:00" }],
  },
  responses: {
    201: z.object({
      entryId: idOf("entry"),
      linkToken: LinkToken.meta({
        description: "Opens the entry, and the request or reservation that it becomes",
      }),
    }),
  },
  failures: ["not-found", "already-waiting"],
});

export const getWaitlistEntry = route({
  id: "getWaitlistEntry",
  method: "GET",
  path: "/v1/waitlist/{entryId}",
  context,
  access: linkOrStaff,
  summary: "One entry of the waiting list, with what is offered now",
  description: "For its patient and the care team. The reading is logged.",
  params,
  responses: { 200: EntryView.meta({ id: "WaitlistEntry" }) },
  failures: ["not-found"],
});

export const listWaitlist = route({
  id: "listWaitlist",
  method: "GET",
  path: "/v1/profiles/{profileId}/waitlist",
  context,
  access: staff(),
  summary: "Who waits for a time with a doctor",
  description:
    "Service by service, each in the order in which they are asked. Those who were booked, have left or whose last day has gone by are not in it. For the care team.",
  params: z.strictObject({ profileId: idOf("profile") }),
  query: z.strictObject({
    serviceId: idOf("service").optional(),
    ...pageQuery({ usual: 50, most: 100 }),
  }),
  responses: { 200: pageOf(EntrySummary.meta({ id: "WaitlistSummary" })) },
  failures: ["not-found"],
});

export const leaveWaitlist = route({
  id: "leaveWaitlist",
  method: "DELETE",
  path: "/v1/waitlist/{entryId}",
  context,
  access: linkOrStaff,
  summary: "Leave the waiting list",
  description: "What is offered now is free at once for the next in line. May be repeated.",
  params,
  responses: { 204: z.undefined() },
  failures: ["not-found", "offer-ended"],
});

export const acceptOffer = route({
  id: "acceptOffer",
  method: "POST",
  path: "/v1/waitlist-offers/{offerId}/accept",
  context,
  access: linkOrStaff,
  summary: "Take the time that is offered",
  description:
    "The time is booked, on the terms that it was offered on. For a service that needs approval it is asked for instead and stays held, except for those whom the care team put on the list: they are booked.",
  params: offerParams,
  responses: { 201: z.discriminatedUnion("status", [Requested, Booked]) },
  failures: ["not-found", "offer-ended"],
});

export const declineOffer = route({
  id: "declineOffer",
  method: "POST",
  path: "/v1/waitlist-offers/{offerId}/decline",
  context,
  access: linkOrStaff,
  summary: "Turn an offer down and go on waiting",
  description: "The time is offered to the next in line at once.",
  params: offerParams,
  responses: { 200: z.object({ entryId: idOf("entry"), status: EntryStatus }) },
  failures: ["not-found", "offer-ended"],
});
