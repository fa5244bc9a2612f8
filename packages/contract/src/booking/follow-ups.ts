import { FollowUp, idOf } from "@turno/core/schemas";
import * as z from "zod";
import { staff } from "../access.ts";
import { listOf } from "../page.ts";
import { route } from "../route.ts";

export const listFollowUps = route({
  id: "listFollowUps",
  method: "GET",
  path: "/v1/reservations/{reservationId}/follow-ups",
  context: "booking",
  access: staff(),
  summary: "What the patient was asked after the visit, and answered",
  description: "Oldest first. For the care team. The reading is logged.",
  params: z.strictObject({ reservationId: idOf("reservation") }),
  responses: { 200: listOf(FollowUp.meta({ id: "FollowUp" })) },
  failures: ["not-found"],
});
