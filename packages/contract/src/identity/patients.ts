import { idOf, PatientEdit, Patient as PatientRecord, TimelineEntry } from "@turno/core/schemas";
import * as z from "zod";
import { staff } from "../access.ts";
import { pageOf, pageQuery } from "../page.ts";
import { route } from "../route.ts";

const Patient = PatientRecord.meta({ id: "Patient" });
const params = z.strictObject({ patientId: idOf("patient") });
const context = "identity";

export const listPatients = route({
  id: "listPatients",
  method: "GET",
  path: "/v1/patients",
  context,
  access: staff(),
  summary: "Patients of the clinic",
  description: "A query that begins with + is a whole phone in E.164; any other is a part of the name.",
  query: z.strictObject({
    query: z.string().trim().min(1).max(120).optional().meta({ example: "ramirez" }),
    ...pageQuery({ usual: 50, most: 100 }),
  }),
  responses: { 200: pageOf(Patient) },
  failures: [],
});

export const getPatient = route({
  id: "getPatient",
  method: "GET",
  path: "/v1/patients/{patientId}",
  context,
  access: staff(),
  summary: "One patient",
  description: "The reading is logged.",
  params,
  versioned: true,
  responses: { 200: Patient },
  failures: ["not-found"],
});

export const editPatient = route({
  id: "editPatient",
  method: "PATCH",
  path: "/v1/patients/{patientId}",
  context,
  access: staff(),
  summary: "Correct a patient's record",
  description:
    "`null` clears a field. The phone stays: a patient is recognised by name and phone, and another phone books as another patient.",
  params,
  body: PatientEdit,
  example: { patientName: "Lucía Ramírez Soto", patientEmail: null },
  versioned: true,
  responses: { 200: Patient },
  failures: ["not-found"],
});

export const getPatientTimeline = route({
  id: "getPatientTimeline",
  method: "GET",
  path: "/v1/patients/{patientId}/timeline",
  context,
  access: staff(),
  summary: "A patient's requests, reservations and prescriptions, newest first",
  description: "Says that something was prescribed, not what. The reading is logged.",
  params,
  query: z.strictObject(pageQuery({ usual: 50, most: 100 })),
  responses: { 200: pageOf(TimelineEntry.meta({ id: "TimelineEntry" })) },
  failures: [],
});
