import {
  AvailabilityException,
  AvailabilityRule,
  idOf,
  LocalDate,
  NewException,
  NewRule,
  RuleEdit,
} from "@turno/core/schemas";
import * as z from "zod";
import { practitioners, staff } from "../access.ts";
import { listOf } from "../page.ts";
import { route } from "../route.ts";

const Rule = AvailabilityRule.meta({ id: "AvailabilityRule" });
const Exception = AvailabilityException.meta({ id: "AvailabilityException" });
const ofProfile = z.strictObject({ profileId: idOf("profile") });
const ofRule = z.strictObject({ ruleId: idOf("rule") });
const context = "scheduling";

export const listRules = route({
  id: "listRules",
  method: "GET",
  path: "/v1/profiles/{profileId}/availability-rules",
  context,
  access: staff(),
  summary: "A calendar's weekly hours",
  params: ofProfile,
  responses: { 200: listOf(Rule) },
  failures: ["not-found"],
});

export const createRule = route({
  id: "createRule",
  method: "POST",
  path: "/v1/profiles/{profileId}/availability-rules",
  context,
  access: practitioners,
  summary: "Add weekly hours",
  description:
    "Times are local to the profile: 09:00 is 09:00 before and after a clock change. Slots follow when they are generated.",
  params: ofProfile,
  body: NewRule,
  example: { dayOfWeek: 1, startTime: "09:00", endTime: "13:00", slotDuration: 20 },
  versioned: true,
  responses: { 201: Rule },
  failures: ["not-found"],
});

export const editRule = route({
  id: "editRule",
  method: "PATCH",
  path: "/v1/availability-rules/{ruleId}",
  context,
  access: practitioners,
  summary: "Change weekly hours",
  params: ofRule,
  body: RuleEdit,
  example: { endTime: "14:00" },
  versioned: true,
  responses: { 200: Rule },
  failures: ["not-found"],
});

export const removeRule = route({
  id: "removeRule",
  method: "DELETE",
  path: "/v1/availability-rules/{ruleId}",
  context,
  access: practitioners,
  summary: "Take weekly hours away",
  description: "What is booked stays.",
  params: ofRule,
  responses: { 204: z.undefined() },
  failures: ["not-found"],
});

export const listExceptions = route({
  id: "listExceptions",
  method: "GET",
  path: "/v1/profiles/{profileId}/availability-exceptions",
  context,
  access: staff(),
  summary: "Dates that are closed or have other hours",
  params: ofProfile,
  query: z.strictObject({
    from: LocalDate.optional().meta({ description: "First date; the earliest when left out" }),
    to: LocalDate.optional().meta({ description: "Last date, included; the latest when left out" }),
  }),
  responses: { 200: listOf(Exception) },
  failures: ["not-found"],
});

export const createException = route({
  id: "createException",
  method: "POST",
  path: "/v1/profiles/{profileId}/availability-exceptions",
  context,
  access: practitioners,
  summary: "Close a date, or give it other hours",
  params: ofProfile,
  body: NewException,
  example: { date: "2026-12-24", windows: [{ startTime: "09:00", endTime: "11:00" }], reason: "Nochebuena" },
  responses: { 201: Exception },
  failures: ["not-found"],
});

export const removeException = route({
  id: "removeException",
  method: "DELETE",
  path: "/v1/profiles/{profileId}/availability-exceptions/{exceptionId}",
  context,
  access: practitioners,
  summary: "Let the weekly hours hold again",
  params: ofProfile.extend({ exceptionId: idOf("exception") }),
  responses: { 204: z.undefined() },
  failures: ["not-found"],
});
