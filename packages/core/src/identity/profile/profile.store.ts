import { type Context, defaultPolicy, NotFound, type Practice } from "../../platform/index.ts";
import * as Organization from "../organization/index.ts";
import { ProfileEntity } from "./profile.entity.ts";
import type { Profile, PublicProfile } from "./profile.ts";

export async function create(context: Context, profile: Profile): Promise<void> {
  await ProfileEntity.create(profile).go(context.table);
  context.memory.forget(calendarsKey(profile.organizationId));
}

/** The profile with this id. Throws {@link NotFound}. */
export function get(context: Context, profileId: string): Promise<Profile> {
  return context.memory.recall(profileId, async () => {
    const { data } = await ProfileEntity.get({ profileId }).go(context.table);
    if (!data) throw new NotFound("profile", profileId);
    return data;
  });
}

/** Moves a calendar to another zone: rules keep their wall times, bookings keep their instants. */
export async function moveToZone(context: Context, profileId: string, timezone: string): Promise<void> {
  await ProfileEntity.patch({ profileId }).set({ timezone }).go(context.table);
  context.memory.forget(profileId);
}

/** The clinic's profiles, in the order they were added. */
export async function ofOrganization(context: Context, organizationId: string): Promise<Profile[]> {
  const { data } = await ProfileEntity.query
    .byOrganization({ organizationId })
    .go({ ...context.table, pages: "all", attributes: ["profileId"] });
  return Promise.all(data.map(({ profileId }) => get(context, profileId)));
}

const practising: readonly string[] = ["doctor", "therapist"] satisfies Profile["kind"][];

const calendarsKey = (organizationId: string): string => `calendars/${organizationId}`;

/** The clinic's profiles that have a calendar: for jobs, which may know of a new one half a minute late. */
export async function calendarsOf(context: Context, organizationId: string): Promise<Profile[]> {
  const ids = await context.memory.recall(calendarsKey(organizationId), async () => {
    const profiles = await ofOrganization(context, organizationId);
    return profiles.filter(({ kind }) => practising.includes(kind)).map(({ profileId }) => profileId);
  });
  return Promise.all(ids.map((profileId) => get(context, profileId)));
}

/** The zones by which the clinic's calendars count their days. */
export async function zonesOf(context: Context, organizationId: string): Promise<string[]> {
  const calendars = await calendarsOf(context, organizationId);
  return [...new Set(calendars.map(({ timezone }) => timezone))];
}

/** Everything a booking with this profile depends on. Throws {@link NotFound}. */
export async function practice(context: Context, profileId: string): Promise<Practice> {
  const profile = await get(context, profileId);
  const clinic = await Organization.get(context, profile.organizationId);
  return {
    organizationId: profile.organizationId,
    profileId,
    timezone: profile.timezone,
    doctorName: profile.name,
    doctorPhone: profile.phone,
    doctorLanguage: profile.language,
    clinicName: clinic.name,
    clinicAddress: clinic.address,
    ...(clinic.phone && { clinicPhone: clinic.phone }),
    currency: clinic.currency,
    arrival: clinic.arrival,
    noticeMinutes: profile.noticeMinutes,
    horizonDays: profile.horizonDays,
    // A setting that came after the clinic has its default there.
    policy: { ...defaultPolicy, ...clinic.policy },
  };
}

/** What anybody may see. Throws {@link NotFound}, also for a profile that is not published. */
export async function published(context: Context, profileId: string): Promise<PublicProfile> {
  const profile = await get(context, profileId);
  if (!profile.published) throw new NotFound("profile", profileId);
  return shown(profile, await Organization.get(context, profile.organizationId));
}

/** A clinic as its public page shows it: with its published profiles. Throws {@link NotFound}. */
export async function clinicPage(context: Context, slug: string) {
  const clinic = await Organization.bySlug(context, slug);
  const { organizationId, name, address, phone, timezone } = clinic;
  const profiles = (await ofOrganization(context, organizationId)).filter((profile) => profile.published);
  return {
    organizationId,
    slug,
    name,
    address,
    ...(phone && { phone }),
    timezone,
    profiles: profiles.map((profile) => shown(profile, clinic)),
  };
}

const shown = (
  profile: Profile,
  { slug, name, address, phone }: Organization.Organization,
): PublicProfile => ({
  profileId: profile.profileId,
  name: profile.name,
  kind: profile.kind,
  specialty: profile.specialty,
  bio: profile.bio,
  timezone: profile.timezone,
  horizonDays: profile.horizonDays,
  noticeMinutes: profile.noticeMinutes,
  clinic: { slug, name, address, ...(phone && { phone }) },
});
