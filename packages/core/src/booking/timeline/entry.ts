import * as z from "zod";
import { Instant, idOf } from "../../platform/schemas.ts";

/** One thing that happened between a patient and the clinic. */
export const TimelineEntry = z.object({
  kind: z.enum(["request", "reservation"]),
  id: z.string(),
  status: z.string(),
  profileId: idOf("profile"),
  serviceName: z.string(),
  startTime: Instant,
  endTime: Instant,
  createdAt: Instant,
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;
