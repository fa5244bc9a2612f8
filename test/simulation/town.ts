import { Member, Organization, Profile } from "@turno/core/identity";
import {
  type Context,
  defaultPolicy,
  idFrom,
  liveContext,
  type Messaging,
  operationOf,
  tableShape,
} from "@turno/core/platform";
import { Availability, Service } from "@turno/core/scheduling";
import { createTable, localClient } from "@turno/local/database";
import type { Chance } from "./chance.ts";
import { type Zone, zoneOf } from "./zones.ts";

/** Monday, 5 March 2040, 06:00 UTC. In its month the clocks change in New York (11 March) and in Madrid (25 March). */
export const BEGINNING = Date.parse("2040-03-05T06:00:00.000Z");

const LANGUAGES = {
  "America/Mexico_City": "es",
  "America/New_York": "en",
  "Europe/Madrid": "es",
  "America/Sao_Paulo": "pt",
} as const;

/** Clinics that ask for a share of the price in advance. */
const DEPOSIT_PERCENT: { readonly [Each in Zone]?: number } = {
  "America/New_York": 30,
  "America/Sao_Paulo": 25,
};

/** What holds for every visit that is booked in the month. */
export const POLICY = { changeNoticeHours: 4, refundPercent: 80, lateCancel: true } as const;

const from = (name: string): string => `${name} <visits@clinic.test>`;

/** Every provider has a clinic that speaks through it. */
const MESSAGING: Readonly<Record<Zone, Messaging>> = {
  "America/Mexico_City": {
    whatsapp: { provider: "twilio", sender: "+15550000001" },
    sms: { provider: "twilio", sender: "+15550000001" },
    email: { provider: "resend", sender: from("Clinic Mexico") },
  },
  "America/New_York": {
    sms: { provider: "twilio", sender: "+15550000002" },
    email: { provider: "ses", sender: from("Clinic New York") },
  },
  "Europe/Madrid": {
    whatsapp: { provider: "meta", sender: "150000000000003" },
    sms: { provider: "twilio", sender: "+15550000003" },
    email: { provider: "resend", sender: from("Clinic Madrid") },
  },
  "America/Sao_Paulo": {
    whatsapp: { provider: "meta", sender: "150000000000004" },
    email: { provider: "ses", sender: from("Clinic Sao Paulo") },
  },
};

/** How far ahead can be booked, in days: reminders of three days, and visits behind a free plan's longest sleep. */
export const HORIZON_DAYS = 10;

export interface Offer {
  readonly serviceId: string;
  /** Minor units. */
  readonly price: number;
  readonly duration: number;
  readonly capacity: number;
  readonly needsApproval: boolean;
}

/** One doctor's calendar as it was opened: what the slots are counted by. */
export interface Calendar {
  readonly organizationId: string;
  readonly profileId: string;
  readonly zone: string;
  readonly language: "es" | "en" | "pt";
  readonly phone: string;
  /** Of the price, what the clinic asks for in advance; nothing when left out. */
  readonly depositPercent?: number;
  /** Local wall times as `HH:MM`, by day of the week, 0 Sunday. */
  readonly hours: readonly { readonly dayOfWeek: number; readonly from: string; readonly to: string }[];
  /** Local dates on which it is closed. */
  readonly closed: readonly string[];
  readonly services: readonly Offer[];
}

/** A clinic in each of the zones. */
export interface Clinic {
  readonly organizationId: string;
  readonly adminEmail: string;
}

export interface Town {
  readonly context: Context;
  readonly clinics: readonly Clinic[];
  readonly calendars: readonly Calendar[];
}

const TABLE = "turno";

interface Inhabitants {
  /** How many there are in all zones. */
  readonly doctors: number;
  /** Those that have their clinics here. */
  readonly zones: readonly Zone[];
}

/** Opens the clinics and their doctors' calendars in an empty database, before anything runs. */
export async function openTown(
  { endpoint, master }: { endpoint: string; master: Uint8Array },
  { doctors, zones }: Inhabitants,
  chance: Chance,
): Promise<Town> {
  const dynamo = localClient(endpoint);
  await createTable(dynamo, TABLE, tableShape);
  const context = liveContext({ dynamo, table: TABLE, master, now: () => BEGINNING });
  const clinics = new Map<Zone, Clinic>();
  for (const zone of zones) clinics.set(zone, await openClinic(context, zone));
  const calendars: Calendar[] = [];
  for (let number = 0; number < doctors; number++) {
    const zone = zoneOf(number, doctors);
    const clinic = clinics.get(zone);
    if (!clinic) continue;
    const { organizationId } = clinic;
    calendars.push(await openCalendar(context, { organizationId, zone, number }, chance));
  }
  return { context, clinics: [...clinics.values()], calendars };
}

async function openClinic(context: Context, zone: Zone): Promise<Clinic> {
  const organizationId = idFrom("organization", context.newUlid());
  const slug = zone.toLowerCase().replace(/[^a-z]+/g, "-");
  const adminEmail = `admin@${slug}.test`;
  const depositPercent = DEPOSIT_PERCENT[zone];
  await Organization.create(context, {
    organizationId,
    slug,
    name: `Clinic ${zone.split("/")[1]!.replace("_", " ")}`,
    address: "Main Street 1",
    timezone: zone,
    currency: "USD",
    arrival: { office: "12" },
    messaging: MESSAGING[zone],
    policy: { ...defaultPolicy, holdMinutes: 600, ...POLICY },
    ...(depositPercent && { payments: { provider: "stripe", depositPercent } }),
  });
  await Member.add(context, {
    memberId: idFrom("member", context.newUlid()),
    organizationId,
    email: adminEmail,
    name: "Admin",
    roles: ["admin"],
    careTeams: [],
  });
  return { organizationId, adminEmail };
}

const operator = { kind: "system" } as const;

async function openCalendar(
  context: Context,
  { organizationId, zone, number }: { organizationId: string; zone: Zone; number: number },
  chance: Chance,
): Promise<Calendar> {
  const profileId = idFrom("profile", context.newUlid());
  const language = LANGUAGES[zone];
  const depositPercent = DEPOSIT_PERCENT[zone];
  const phone = `+1999${String(number).padStart(7, "0")}`;
  await Profile.create(context, {
    ...{ organizationId, profileId, language, phone },
    name: `Doctor ${number}`,
    kind: "doctor",
    timezone: zone,
    published: true,
    noticeMinutes: 60,
    horizonDays: HORIZON_DAYS,
  });
  const practice = await Profile.practice(context, profileId);
  const once = (what: string) => operationOf(context, profileId, what, what);
  const services: Offer[] = [];
  for (const offer of offersOf(number, depositPercent !== undefined)) {
    const { serviceId } = await Service.create(
      context,
      operator,
      practice,
      {
        name: offer.name,
        category: "general",
        duration: offer.duration,
        price: offer.price,
        capacity: offer.capacity,
        bufferBefore: 0,
        bufferAfter: 0,
        approval: offer.needsApproval ? "required" : "instant",
      },
      once(offer.name),
    );
    services.push({ serviceId, ...offer });
  }
  const hours = [1, 2, 3, 4, 5].flatMap((dayOfWeek) => [
    { dayOfWeek, from: "09:00", to: "13:00" },
    { dayOfWeek, from: "15:00", to: chance.pick(["17:00", "18:00"]) },
  ]);
  // Over the hour that some clocks skip: nobody is seen in it, and the calendar has to know.
  if (number % 8 === 1 || number % 8 === 2) hours.push({ dayOfWeek: 0, from: "01:00", to: "04:00" });
  for (const { dayOfWeek, from, to } of hours) {
    const rule = { dayOfWeek, startTime: from, endTime: to };
    await Availability.Rules.create(context, operator, practice, rule, once(`${dayOfWeek}${from}`));
  }
  const closed = [`2040-03-${String(chance.between(12, 30))}`];
  for (const date of closed) {
    await Availability.Exceptions.create(context, operator, practice, { date, windows: [] }, once(date));
  }
  return {
    ...{ organizationId, profileId, zone, language, phone, hours, closed, services },
    ...(depositPercent && { depositPercent }),
  };
}

/** Where something is asked for in advance most visits cost nothing, so that it is one in ten that does. */
const offersOf = (number: number, takesDeposits: boolean) => [
  {
    ...{ name: "Consultation", duration: 30, capacity: 1, needsApproval: true },
    price: takesDeposits ? (number % 8 === 3 ? 33_33 : 0) : 50_00,
  },
  {
    ...{ name: "Check-up", duration: 20, capacity: 1, needsApproval: false },
    price: takesDeposits ? (number % 8 === 1 ? 99_50 : 0) : 50_00,
  },
  ...(number % 4 === 0
    ? [{ name: "Class", duration: 60, capacity: 6, needsApproval: false, price: 50_00 }]
    : []),
];
