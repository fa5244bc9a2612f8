import { idOf, OwnPreferenceEdit, PreferenceEdit, Preference as PreferenceSchema } from "@turno/core/schemas";
import * as z from "zod";
import { linkOrStaff, staff } from "../access.ts";
import { route } from "../route.ts";

const Preferences = PreferenceSchema.meta({ id: "Preferences" });
const params = z.strictObject({ patientId: idOf("patient") });
const context = "notifications";

export const getPatientPreferences = route({
  id: "getPatientPreferences",
  method: "GET",
  path: "/v1/patients/{patientId}/preferences",
  context,
  access: staff(),
  summary: "How a patient wants to be told things",
  description: "The reading is logged.",
  params,
  versioned: true,
  responses: { 200: Preferences },
  failures: ["not-found"],
});

export const editPatientPreferences = route({
  id: "editPatientPreferences",
  method: "PATCH",
  path: "/v1/patients/{patientId}/preferences",
  context,
  access: staff(),
  summary: "Write down how a patient wants to be told things",
  description:
    "`null` takes back what was chosen. A consent is kept for good, with when and how it was given.",
  params,
  body: PreferenceEdit,
  example: { channels: ["sms", "email"], outreach: { given: true, how: "in-person" } },
  versioned: true,
  responses: { 200: Preferences },
  failures: ["not-found"],
});

export const getPreferences = route({
  id: "getPreferences",
  method: "GET",
  path: "/v1/preferences",
  context,
  access: linkOrStaff,
  summary: "How the holder of a link wants to be told things",
  description: "For patients; staff name the patient.",
  versioned: true,
  responses: { 200: Preferences },
  failures: ["not-found"],
});

export const editPreferences = route({
  id: "editPreferences",
  method: "PATCH",
  path: "/v1/preferences",
  context,
  access: linkOrStaff,
  summary: "Choose how to be told things",
  description:
    "For patients; staff name the patient. `null` takes back what was chosen. One browser at a time takes push messages: the last that was registered, until it is taken back or its push service has forgotten it.",
  body: OwnPreferenceEdit,
  example: { quietHours: { from: "22:00", to: "09:00" }, detail: "minimal" },
  versioned: true,
  responses: { 200: Preferences },
  failures: ["not-found"],
});

export const getPushKey = route({
  id: "getPushKey",
  method: "GET",
  path: "/v1/preferences/push-key",
  context,
  access: linkOrStaff,
  summary: "What a browser subscribes to push messages with",
  description:
    "For patients: `applicationServerKey` of `PushManager.subscribe`. Not found where the clinic sends no push messages.",
  responses: {
    200: z.object({
      publicKey: z.string().meta({ description: "A point of P-256 in base64url" }),
    }),
  },
  failures: ["not-found"],
});
