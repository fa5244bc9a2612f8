import { Instant, idOf, type NewAppointment } from "@turno/core/schemas";
import * as z from "zod";
import type { FailureType } from "../failure/index.ts";

/** What opens one appointment for its patient. */
export const LinkToken = z.string().meta({
  description: "The patient's signed link: a bearer token for this one appointment, until 30 days after it",
  example: "lnk_WyJvcmdfMDFKRFdYIiwiMDFKRFdYIiwxNzgwMDAwMDAwXQ.3q2-7w",
});

export const Requested = z
  .object({
    requestId: idOf("request"),
    status: z.literal("pending"),
    expiresAt: Instant.meta({ description: "The slot is held until then" }),
    linkToken: LinkToken,
  })
  .meta({ id: "Requested" });

export const Booked = z
  .object({
    reservationId: idOf("reservation"),
    status: z.literal("confirmed"),
    linkToken: LinkToken,
  })
  .meta({ id: "Booked" });

const profile = "01JDWXR3M8Q6V9T2KZB4N7HC5E";
const service = "01JDWXR3M8Q6V9T2KZB4N7HC5F";
const start = "0W7KZR";

/** A slot, as examples name it: its profile, its start in minutes, its service. */
export const slotExample = `slt_${profile}${start}${service}`;

export const wishExample = {
  slotId: slotExample,
  serviceId: `svc_${service}`,
  patientName: "Lucía Ramírez",
  patientPhone: "+525587654321",
  patientEmail: "lucia@example.org",
  language: "es",
  chiefComplaint: "Dolor de cabeza desde hace tres días",
  urgencyLevel: "normal",
  source: "web",
} satisfies z.input<typeof NewAppointment>;

/** What stands in the way of booking a slot. */
export const wishFailures = [
  "not-found",
  "slot-taken",
  "slot-blocked",
  "slot-past",
] as const satisfies readonly FailureType[];
