import { idOf, MedicalService, NewService, PublicService, ServiceEdit } from "@turno/core/schemas";
import * as z from "zod";
import { anybodyOrStaff, practitioners } from "../access.ts";
import { listOf } from "../page.ts";
import { route } from "../route.ts";

const Service = MedicalService.meta({ id: "Service" });
const ofProfile = z.strictObject({ profileId: idOf("profile") });
const ofService = z.strictObject({ serviceId: idOf("service") });
const context = "scheduling";

export const listServices = route({
  id: "listServices",
  method: "GET",
  path: "/v1/profiles/{profileId}/services",
  context,
  access: anybodyOrStaff,
  summary: "What a published profile offers",
  description:
    "What it does not offer any more is for the clinic's staff, who may edit it to be `active` again.",
  params: ofProfile,
  query: z.strictObject({ status: z.enum(["active", "inactive"]).default("active") }),
  responses: { 200: listOf(PublicService.meta({ id: "OfferedService" })) },
  failures: ["not-found"],
});

export const createService = route({
  id: "createService",
  method: "POST",
  path: "/v1/profiles/{profileId}/services",
  context,
  access: practitioners,
  summary: "Offer a new service",
  description: "Its currency is the clinic's.",
  params: ofProfile,
  body: NewService,
  example: {
    name: "Consulta general",
    category: "general",
    duration: 20,
    price: 60000,
    bufferAfter: 5,
    approval: "required",
  },
  versioned: true,
  responses: { 201: Service },
  failures: ["not-found"],
});

export const editService = route({
  id: "editService",
  method: "PATCH",
  path: "/v1/services/{serviceId}",
  context,
  access: practitioners,
  summary: "Change what is offered from now on",
  description: "Bookings keep the price and the rules that they were made with.",
  params: ofService,
  body: ServiceEdit,
  example: { price: 65000, duration: 30 },
  versioned: true,
  responses: { 200: Service },
  failures: ["not-found"],
});

export const removeService = route({
  id: "removeService",
  method: "DELETE",
  path: "/v1/services/{serviceId}",
  context,
  access: practitioners,
  summary: "Offer a service no longer",
  description: "It becomes inactive: bookings still point to it.",
  params: ofService,
  responses: { 204: z.undefined() },
  failures: ["not-found"],
});
