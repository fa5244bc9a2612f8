import { idOf } from "@turno/core/schemas";
import * as z from "zod";
import type { FailureType } from "../failure/index.ts";

/** What opens one appointment for its patient. */
export const LinkToken = z.string().meta({
  description: "The patient's signed link: a bearer token for this one appointment, until 30 days after it",
  example: "lnk_WyJvcmdfMDFKRFdYIiwiMDFKRFdYIiwxNzgwMDAwMDAwXQ.3q2-7w",
});

export const Booked = z
  .object({
    reservationId: idOf("reservation"),
    status: z.literal("confirmed"),
    linkToken: LinkToken,
  })
  .meta({ id: "Booked" });

/** What stands in the way of booking a slot. */
export const wishFailures = [
  "not-found",
  "slot-taken",
  "slot-blocked",
  "slot-past",
] as const satisfies readonly FailureType[];
