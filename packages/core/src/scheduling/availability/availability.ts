import * as z from "zod";
import { idOf, LocalDate, minutesOfDay, WallTime } from "../../platform/schemas.ts";
import { GRAIN_MINUTES } from "../service/service.ts";

const OnGrain = WallTime.refine(
  (time) => minutesOfDay(time) % GRAIN_MINUTES === 0,
  "must fall on five minutes",
);

const ruleFields = {
  dayOfWeek: z.int().min(0).max(6).meta({ description: "0 Sunday to 6 Saturday" }),
  startTime: OnGrain,
  endTime: OnGrain,
  /** Minutes from one start to the next; the service's own duration when left out. */
  slotDuration: z.int().min(5).max(480).multipleOf(GRAIN_MINUTES).optional(),
  /** Minutes added after each slot. */
  bufferTime: z.int().min(0).max(240).multipleOf(GRAIN_MINUTES).optional(),
  /** Limits a group service's capacity during these hours. */
  maxAppointmentsPerSlot: z.int().min(1).max(100).optional(),
  effectiveFrom: LocalDate.optional(),
  effectiveUntil: LocalDate.optional(),
  /** The services offered then; all when left out. */
  serviceIds: z.array(idOf("service")).min(1).max(20).optional(),
};

const isForward = ({ startTime, endTime }: { startTime: string; endTime: string }): boolean =>
  startTime < endTime;
const forward = {
  path: ["endTime"],
  message: "must be after startTime; a window over midnight is two rules",
};

/** Weekly hours in the profile's own zone: 09:00 is 09:00 before and after a clock change. */
export const NewRule = z.strictObject(ruleFields).refine(isForward, forward);
export type NewRule = z.infer<typeof NewRule>;

export const RuleEdit = z.strictObject({
  dayOfWeek: ruleFields.dayOfWeek.optional(),
  startTime: ruleFields.startTime.optional(),
  endTime: ruleFields.endTime.optional(),
  slotDuration: ruleFields.slotDuration,
  bufferTime: ruleFields.bufferTime,
  maxAppointmentsPerSlot: ruleFields.maxAppointmentsPerSlot,
  effectiveFrom: ruleFields.effectiveFrom,
  effectiveUntil: ruleFields.effectiveUntil,
  serviceIds: ruleFields.serviceIds,
});
export type RuleEdit = z.infer<typeof RuleEdit>;

export const AvailabilityRule = z.object({
  ruleId: idOf("rule"),
  profileId: idOf("profile"),
  ...ruleFields,
  version: z.int(),
});
export type AvailabilityRule = z.infer<typeof AvailabilityRule>;

const Window = z.strictObject({ startTime: OnGrain, endTime: OnGrain }).refine(isForward, forward);

/** A date that is closed (no windows), or has other hours than the rules say. */
export const NewException = z.strictObject({
  date: LocalDate,
  windows: z.array(Window).max(8).default([]).meta({ description: "Empty: closed all day" }),
  reason: z.string().max(200).optional(),
});
export type NewException = z.infer<typeof NewException>;

export const AvailabilityException = z.object({
  exceptionId: idOf("exception"),
  profileId: idOf("profile"),
  date: LocalDate,
  windows: z.array(z.object({ startTime: WallTime, endTime: WallTime })),
  reason: z.string().optional(),
});
export type AvailabilityException = z.infer<typeof AvailabilityException>;

/** Whether a rule speaks of a date; `dayOfWeek` is the date's. */
export const appliesOn = (rule: AvailabilityRule, date: LocalDate, dayOfWeek: number): boolean =>
  rule.dayOfWeek === dayOfWeek &&
  (rule.effectiveFrom === undefined || rule.effectiveFrom <= date) &&
  (rule.effectiveUntil === undefined || date <= rule.effectiveUntil);
