import {
  BlockedSlot,
  BookableSlot,
  Instant,
  InstantInput,
  idOf,
  LocalDate,
  SlotId,
  Zone,
} from "@turno/core/schemas";
import * as z from "zod";
import { anybody, practitioners, staff } from "../access.ts";
import { listOf, pageOf, pageQuery } from "../page.ts";
import { route } from "../route.ts";
import { isRange } from "./range.ts";

const ofProfile = z.strictObject({ profileId: idOf("profile") });
const ofSlot = z.strictObject({ slotId: SlotId });
const context = "scheduling";

/** A date is a whole day of the calendar's own zone. */
const Moment = z.union([LocalDate, InstantInput], { error: "must be a date or an instant" });

export const listSlots = route({
  id: "listSlots",
  method: "GET",
  path: "/v1/profiles/{profileId}/slots",
  context,
  access: anybody,
  summary: "What can really be booked",
  description:
    "Free, not past, inside the profile's notice and horizon, and with nothing else in its time or buffers. `from` and `to` are instants or dates; a date means that day in the profile's zone, and as `to` it is included. At most 62 days.",
  params: ofProfile,
  query: z
    .strictObject({
      from: Moment.meta({ example: "2026-12-03" }),
      to: Moment.meta({ example: "2026-12-10" }),
      serviceId: idOf("service").optional(),
      timezone: Zone.optional().meta({
        description: "Zone of localStartTime; the profile's own when left out",
      }),
      ...pageQuery({ usual: 200, most: 1000 }),
    })
    .refine(isRange({ days: 62 }), {
      path: ["to"],
      message: "must not come before from, nor more than 62 days after it",
    }),
  responses: { 200: pageOf(BookableSlot.meta({ id: "BookableSlot" })) },
  failures: ["not-found"],
});

export const generateSlots = route({
  id: "generateSlots",
  method: "POST",
  path: "/v1/profiles/{profileId}/slots/generate",
  context,
  access: practitioners,
  summary: "Bring the slots of some dates in line with the calendar's hours",
  description:
    "May be repeated: slots that are there stay, booked ones are never touched, none is made in the past. At most 92 days.",
  params: ofProfile,
  body: z
    .strictObject({
      from: LocalDate,
      to: LocalDate.meta({ description: "Included", example: "2026-12-31" }),
    })
    .refine(isRange({ days: 92 }), {
      path: ["to"],
      message: "must not come before from, nor more than 92 days after it",
    }),
  example: { from: "2026-12-01", to: "2026-12-31" },
  responses: {
    200: z.object({
      created: z.int(),
      kept: z.int(),
      removed: z.int().meta({ description: "Free slots that no hours call for any more" }),
      conflicts: z
        .array(z.object({ slotId: SlotId, startTime: Instant }))
        .meta({ description: "Booked slots that the hours have no room for any more; they stay" }),
    }),
  },
  failures: ["not-found"],
});

export const blockSlot = route({
  id: "blockSlot",
  method: "POST",
  path: "/v1/slots/{slotId}/block",
  context,
  access: practitioners,
  summary: "Close a free slot",
  params: ofSlot,
  responses: { 200: z.object({ slotId: SlotId, status: z.literal("blocked") }) },
  failures: ["not-found", "slot-taken"],
});

export const listBlockedSlots = route({
  id: "listBlockedSlots",
  method: "GET",
  path: "/v1/profiles/{profileId}/blocked-slots",
  context,
  access: staff(),
  summary: "The slots that are closed by hand",
  description: "Dates of the profile's zone, `to` included, at most 62 days.",
  params: ofProfile,
  query: z
    .strictObject({ from: LocalDate, to: LocalDate.meta({ example: "2026-12-10" }) })
    .refine(isRange({ days: 62 }), {
      path: ["to"],
      message: "must not come before from, nor more than 62 days after it",
    }),
  responses: { 200: listOf(BlockedSlot.meta({ id: "BlockedSlot" })) },
  failures: ["not-found"],
});

export const unblockSlot = route({
  id: "unblockSlot",
  method: "POST",
  path: "/v1/slots/{slotId}/unblock",
  context,
  access: practitioners,
  summary: "Open a closed slot again",
  params: ofSlot,
  responses: { 200: z.object({ slotId: SlotId, status: z.literal("available") }) },
  failures: ["not-found"],
});
