import * as z from "zod";
import { type Instant, Instant as InstantSchema, plus, type Span } from "../../platform/schemas.ts";
import { FollowUpType } from "../reservation/reservation.ts";

/** How a patient is asked after a visit, and what they answered: for the care team. */
export const FollowUp = z.object({
  followUpType: FollowUpType,
  askedAt: InstantSchema,
  questions: z.array(z.string()),
  answers: z.array(z.object({ text: z.string(), answeredAt: InstantSchema })),
});
export type FollowUp = z.infer<typeof FollowUp>;

const after: Record<FollowUpType, Span> = {
  "24h": { hours: 24 },
  "48h": { hours: 48 },
  "1week": { days: 7 },
  "2weeks": { days: 14 },
};

/** When a patient is asked: so long after the visit was completed. */
export const dueAt = (completedAt: Instant, type: FollowUpType): Instant => plus(completedAt, after[type]);

/** What a patient writes so long after being asked is an answer; then it is about something else. */
const OPEN = { days: 3 };

/** Whether what a patient writes now answers the questions. */
export const isOpen = (askedAt: Instant, now: Instant): boolean => now < plus(askedAt, OPEN);
