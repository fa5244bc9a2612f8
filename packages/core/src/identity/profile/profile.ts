import * as z from "zod";
import { idOf, Language, Zone } from "../../platform/schemas.ts";

/** A person who offers or supports care. What is bookable hangs under it: the calendar is the profile's. */
export const Profile = z.object({
  profileId: idOf("profile"),
  organizationId: idOf("organization"),
  name: z.string().min(1).max(120),
  kind: z.enum(["doctor", "therapist", "nurse", "admin"]),
  specialty: z.string().max(120).optional(),
  bio: z.string().max(600).optional(),
  phone: z.e164(),
  language: Language,
  timezone: Zone,
  /** Whether patients see it. */
  published: z.boolean(),
  noticeMinutes: z.int().min(0).max(43_200),
  horizonDays: z.int().min(1).max(365),
});

export type Profile = z.infer<typeof Profile>;

/** What anybody may see of a published profile. */
export const PublicProfile = Profile.pick({
  profileId: true,
  name: true,
  kind: true,
  specialty: true,
  bio: true,
  timezone: true,
  horizonDays: true,
  noticeMinutes: true,
}).extend({
  clinic: z.object({
    slug: z.string(),
    name: z.string(),
    address: z.string(),
    phone: z.e164().optional(),
  }),
});

export type PublicProfile = z.infer<typeof PublicProfile>;
