import { idOf, NewPrescription, PrescriptionView } from "@turno/core/schemas";
import * as z from "zod";
import { staff } from "../access.ts";
import { listOf } from "../page.ts";
import { route } from "../route.ts";

const Prescription = PrescriptionView.meta({ id: "Prescription" });
const ofReservation = z.strictObject({ reservationId: idOf("reservation") });
const context = "booking";

export const listPrescriptions = route({
  id: "listPrescriptions",
  method: "GET",
  path: "/v1/reservations/{reservationId}/prescriptions",
  context,
  access: staff(),
  summary: "What was prescribed at a visit, oldest first",
  description: "For the care team. The reading is logged.",
  params: ofReservation,
  responses: { 200: listOf(Prescription) },
  failures: ["not-found"],
});

export const createPrescription = route({
  id: "createPrescription",
  method: "POST",
  path: "/v1/reservations/{reservationId}/prescriptions",
  context,
  access: staff(),
  summary: "Prescribe a medication",
  description:
    "For the care team. The patient is reminded of each dose. A prescription is never changed: end it, and prescribe anew.",
  params: ofReservation,
  body: NewPrescription,
  example: {
    medicationName: "Amoxicilina",
    dosage: "1 cápsula de 500 mg",
    frequency: "cada 8 horas",
    duration: "7 días",
    startDate: "2026-12-03",
    instructions: "Con alimentos",
  },
  responses: { 201: Prescription },
  failures: ["not-found"],
});

export const endPrescription = route({
  id: "endPrescription",
  method: "POST",
  path: "/v1/prescriptions/{prescriptionId}/end",
  context,
  access: staff(),
  summary: "End a prescription before its time",
  description: "For the care team. The patient is reminded of no further dose.",
  params: z.strictObject({ prescriptionId: idOf("prescription") }),
  body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
  example: { reason: "Reacción alérgica" },
  responses: { 200: Prescription },
  failures: ["not-found", "prescription-ended"],
});
