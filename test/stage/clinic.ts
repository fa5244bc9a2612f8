import type { Client } from "@turno/client";
import { Member, Organization, Profile } from "@turno/core/identity";
import { type ClinicPolicy, defaultPolicy, idFrom, nextDate } from "@turno/core/platform";
import type { OpenStage } from "./open.ts";

type NewService = Parameters<Client["createService"]>[0]["body"];
export type Role = "doctor" | "therapist" | "nurse" | "admin";

export interface Clinic {
  readonly organizationId: string;
  readonly slug: string;
  /** The API for the clinic's admin. */
  readonly admin: Client;
  /** Lets somebody sign in, and gives their token. */
  join(role: Role, ...careTeams: string[]): Promise<string>;
  /** A published calendar that is open every day from 08:00 to 20:00 in Mexico City, with nothing on offer. */
  openCalendar(settings?: Partial<BookingWindow>): Promise<Calendar>;
}

interface BookingWindow {
  readonly noticeMinutes: number;
  readonly horizonDays: number;
}

export interface Calendar {
  readonly profileId: string;
  /** Puts a service on offer. */
  offer(service?: Partial<NewService>): Promise<string>;
  /** Makes the slots of the `days` after {@link MONDAY_9AM} and lists those that can be booked, by start. */
  slots(days: number): Promise<BookableSlot[]>;
}

export interface BookableSlot {
  readonly slotId: string;
  readonly serviceId: string;
  readonly startTime: string;
  readonly endTime: string;
}

const MONDAY = "2040-03-05";

const consultation: NewService = { name: "Consulta", category: "general", duration: 20, price: 60_000 };

/** A number with Meta belongs to one clinic. */
const FIRST_SENDER = 106540352242922;
let senders = 0;

/** A clinic of its own on the stage: nothing of another test is in its calendars. */
export async function openClinic(
  { context, machine, api }: OpenStage,
  slug: string,
  policy: Partial<ClinicPolicy> = {},
): Promise<Clinic> {
  const organizationId = idFrom("organization", context.newUlid());
  await Organization.create(context, {
    organizationId,
    slug,
    name: `Clínica ${slug}`,
    address: "Calle Durango 200, Ciudad de México",
    timezone: "America/Mexico_City",
    currency: "MXN",
    arrival: {},
    policy: { ...defaultPolicy, ...policy },
    messaging: { whatsapp: { provider: "meta", sender: `${FIRST_SENDER + senders++}` } },
  });

  async function join(role: Role, ...careTeams: string[]): Promise<string> {
    const memberId = idFrom("member", context.newUlid());
    const email = `${memberId}@${slug}.test`;
    await Member.add(context, { memberId, organizationId, email, name: role, roles: [role], careTeams });
    return machine.issuer.mint({ subject: memberId, email, name: role, audience: machine.audience });
  }

  const admin = api(await join("admin"));

  async function openCalendar(settings: Partial<BookingWindow> = {}): Promise<Calendar> {
    const profileId = idFrom("profile", context.newUlid());
    await Profile.create(context, {
      organizationId,
      profileId,
      name: "Dra. Elena Prado",
      kind: "doctor",
      phone: "+525544443333",
      language: "es",
      timezone: "America/Mexico_City",
      published: true,
      noticeMinutes: 0,
      horizonDays: 4,
      ...settings,
    });
    const params = { profileId };
    for (const dayOfWeek of [0, 1, 2, 3, 4, 5, 6]) {
      const body = { dayOfWeek, startTime: "08:00", endTime: "20:00" };
      await admin.createRule({ params, body });
    }
    return {
      profileId,
      async offer(service) {
        const body = { ...consultation, ...service };
        return (await admin.createService({ params, body })).serviceId;
      },
      async slots(days) {
        const range = { from: nextDate(MONDAY), to: nextDate(MONDAY, days) };
        await admin.generateSlots({ params, body: range });
        const query = { ...range, limit: 1000 };
        return (await admin.listSlots({ params, query })).items;
      },
    };
  }

  return { organizationId, slug, admin, join, openCalendar };
}
