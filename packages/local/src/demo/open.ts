import { Member, Organization, Profile } from "@turno/core/identity";
import {
  type Actor,
  type Context,
  defaultPolicy,
  idFrom,
  isConditionFailure,
  localDateOf,
  nextDate,
  operationOf,
  Refusal,
} from "@turno/core/platform";
import { Availability, Generation, Service } from "@turno/core/scheduling";
import { demoClinic, demoUlid } from "./clinic.ts";

/** What a visitor needs to know of the demo clinic. */
export interface Demo {
  readonly organization: { readonly organizationId: string; readonly slug: string; readonly name: string };
  readonly profiles: readonly {
    readonly key: string;
    readonly profileId: string;
    readonly name: string;
    readonly timezone: string;
    readonly services: readonly { readonly key: string; readonly serviceId: string; readonly name: string }[];
  }[];
  readonly staff: readonly {
    readonly as: string;
    readonly email: string;
    readonly roles: readonly string[];
  }[];
}

/** Days whose slots are there from the first moment; the nightly workflow makes the rest. */
const FIRST_DAYS = 14;

const operator: Actor = { kind: "system" };

const operation = (context: Context, ...path: string[]) =>
  operationOf(context, "demo", path.join("/"), path.join("/"));

/** The demo clinic's ids; they follow from the master key and its names. */
export function describeDemo(context: Context): Demo {
  const organizationId = idFrom("organization", demoUlid(context, "clinic"));
  return {
    organization: { organizationId, slug: demoClinic.slug, name: demoClinic.name },
    profiles: demoClinic.profiles.map(({ key, name, timezone, services }) => ({
      key,
      profileId: idFrom("profile", demoUlid(context, "profile", key)),
      name,
      timezone,
      services: services.map((service) => ({
        key: service.key,
        serviceId: idFrom("service", operation(context, key, service.key).id),
        name: service.name,
      })),
    })),
    staff: demoClinic.staff.map(({ key, email, roles }) => ({ as: key, email, roles })),
  };
}

/** Opens the demo clinic. May be repeated, also after a start that was cut off. */
export async function openDemo(context: Context): Promise<Demo> {
  const demo = describeDemo(context);
  const { organizationId } = demo.organization;
  const profileIdOf = (key: string) => demo.profiles.find((profile) => profile.key === key)!.profileId;
  const { name, slug, address, phone, timezone, currency, arrival, messaging } = demoClinic;
  const policy = defaultPolicy;
  await unlessThere(
    Organization.create(context, {
      organizationId,
      name,
      slug,
      address,
      phone,
      timezone,
      currency,
      arrival,
      policy,
      messaging,
    }),
  );
  for (const { key, services, hours, ...profile } of demoClinic.profiles) {
    const profileId = profileIdOf(key);
    const settings = { published: true, noticeMinutes: 60, horizonDays: 30 };
    await unlessThere(Profile.create(context, { ...profile, ...settings, organizationId, profileId }));
  }
  for (const { key, cares, roles, ...member } of demoClinic.staff) {
    const memberId = idFrom("member", demoUlid(context, "member", key));
    const careTeams = cares.map(profileIdOf);
    await unlessThere(
      Member.add(context, { ...member, memberId, organizationId, roles: [...roles], careTeams }),
    );
  }
  await Promise.all(
    demoClinic.profiles.map((profile) => openCalendar(context, profileIdOf(profile.key), profile)),
  );
  return demo;
}

async function unlessThere(creation: Promise<void>): Promise<void> {
  try {
    await creation;
  } catch (error) {
    const there = isConditionFailure(error) || (error instanceof Refusal && error.type === "slug-taken");
    if (!there) throw error;
  }
}

async function openCalendar(
  context: Context,
  profileId: string,
  { key, services, hours }: (typeof demoClinic.profiles)[number],
): Promise<void> {
  const practice = await Profile.practice(context, profileId);
  for (const { key: service, ...offer } of services) {
    await Service.create(context, operator, practice, offer, operation(context, key, service));
  }
  for (const [index, rule] of hours.entries()) {
    await Availability.Rules.create(
      context,
      operator,
      practice,
      rule,
      operation(context, key, "rule", `${index}`),
    );
  }
  const today = localDateOf(context.now(), practice.timezone);
  await Generation.generate(context, practice, { from: today, to: nextDate(today, FIRST_DAYS) });
}
