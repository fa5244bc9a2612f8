import * as z from "zod";
import { Instant, idOf } from "../../platform/schemas.ts";

/** One thing that happened between a patient and the clinic. */
export const TimelineEntry = z.object({
  kind: z.enum(["request", "reservation", "prescription"]),
  id: z.string(),
  status: z.string(),
  profileId: idOf("profile"),
  serviceName: z.string().meta({ description: "Of a prescription, the service of its visit" }),
  startTime: Instant.meta({ description: "Of a prescription, its first dose" }),
  endTime: Instant,
  createdAt: Instant,
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;
