import { idOf, PublicProfile, Slug, Zone } from "@turno/core/schemas";
import * as z from "zod";
import { anybody } from "../access.ts";
import { route } from "../route.ts";

const Profile = PublicProfile.meta({ id: "Profile" });

export const getClinic = route({
  id: "getClinic",
  method: "GET",
  path: "/v1/clinics/{slug}",
  context: "identity",
  access: anybody,
  summary: "A clinic with its published profiles",
  params: z.strictObject({ slug: Slug.meta({ example: "clinica-roma" }) }),
  responses: {
    200: z
      .object({
        slug: Slug,
        name: z.string(),
        address: z.string(),
        phone: z.e164().optional().meta({ description: "Where patients call it" }),
        timezone: Zone,
        profiles: z.array(Profile),
      })
      .meta({ id: "Clinic" }),
  },
  failures: ["not-found"],
});

export const getProfile = route({
  id: "getProfile",
  method: "GET",
  path: "/v1/profiles/{profileId}",
  context: "identity",
  access: anybody,
  summary: "A published profile",
  params: z.strictObject({ profileId: idOf("profile") }),
  responses: { 200: Profile },
  failures: ["not-found"],
});
