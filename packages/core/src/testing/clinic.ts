import { type Appointment, Request, Reservation, Waitlist } from "../booking/index.ts";
import { Organization, Patient, Profile } from "../identity/index.ts";
import {
  type Actor,
  type Context,
  defaultPolicy,
  idFrom,
  type LocalDate,
  type Messaging,
  NotFound,
  nextDate,
  type Operation,
  operationOf,
  type PatientLink,
  type Practice,
  type PracticeOf,
  type Staff,
  startOfDay,
  ulidIn,
} from "../platform/index.ts";
import { Availability, Generation, Listing, Service, Slot } from "../scheduling/index.ts";

/** A practice in Mexico City with nothing in its calendar yet. */
export function aPractice(context: Context, changes: Partial<Practice> = {}): Practice {
  return {
    organizationId: idFrom("organization", context.newUlid()),
    profileId: idFrom("profile", context.newUlid()),
    timezone: "America/Mexico_City",
    doctorName: "Dra. Ana Torres",
    doctorPhone: "+525511112222",
    doctorLanguage: "es",
    clinicName: "Clínica Roma",
    clinicAddress: "Calle Colima 100, Ciudad de México",
    currency: "MXN",
    arrival: { parking: "Calle Orizaba", floor: "2", office: "204" },
    noticeMinutes: 60,
    horizonDays: 30,
    policy: defaultPolicy,
    ...changes,
  };
}

/** The same, with its clinic and its one doctor in the table, as identity keeps them. */
export async function openPractice(
  context: Context,
  changes: Partial<Practice> = {},
  clinic: Partial<Organization.Organization> = {},
): Promise<Practice> {
  const wanted = aPractice(context, changes);
  const { organizationId, profileId, timezone, currency, arrival, policy } = wanted;
  await Organization.create(context, {
    ...{ organizationId, slug: "clinica-roma", timezone, currency, arrival, policy },
    ...{ name: wanted.clinicName, address: wanted.clinicAddress },
    ...(wanted.clinicPhone && { phone: wanted.clinicPhone }),
    ...clinic,
  });
  await Profile.create(context, {
    ...{ profileId, organizationId, timezone, name: wanted.doctorName, kind: "doctor" },
    ...{ phone: wanted.doctorPhone, language: wanted.doctorLanguage, published: true },
    ...{ noticeMinutes: wanted.noticeMinutes, horizonDays: wanted.horizonDays },
  });
  return Profile.practice(context, profileId);
}

/** Finds these practices, as identity finds those of its own. */
export const known =
  (...practices: readonly Practice[]): PracticeOf =>
  async (_, profileId) => {
    const found = practices.find((practice) => practice.profileId === profileId);
    if (!found) throw new NotFound("profile", profileId);
    return found;
  };

/** The channels of a clinic that speaks by WhatsApp alone. */
export const byWhatsapp: Messaging = { whatsapp: { provider: "meta", sender: "+525550000000" } };

export const doctorOf = (practice: Practice): Staff => ({
  kind: "staff",
  organizationId: practice.organizationId,
  memberId: idFrom("member", ulidIn(practice.profileId)),
  roles: ["doctor"],
  careTeams: [practice.profileId],
});

/** The holder of the link to a request's or reservation's appointment. */
export const patientOf = (practice: Practice, id: string): PatientLink => ({
  kind: "patient",
  organizationId: practice.organizationId,
  appointmentId: ulidIn(id),
});

export const anybody: Actor = { kind: "public" };

/** A call that nobody makes twice. */
export const once = (context: Context): Operation => operationOf(context, "test", undefined, {});

const consultation: Service.NewService = {
  name: "Consulta general",
  category: "general",
  duration: 20,
  price: 60_000,
  bufferBefore: 0,
  bufferAfter: 0,
  approval: "required",
  capacity: 1,
};

export const offer = (
  context: Context,
  practice: Practice,
  changes: Partial<Service.NewService> = {},
): Promise<Service.MedicalService> =>
  Service.create(context, doctorOf(practice), practice, { ...consultation, ...changes }, once(context));

/** Weekly hours on every day of the week. */
export async function openDaily(
  context: Context,
  practice: Practice,
  hours: Partial<Availability.NewRule> = {},
): Promise<void> {
  for (const dayOfWeek of [0, 1, 2, 3, 4, 5, 6]) {
    const rule = { startTime: "09:00", endTime: "13:00", ...hours, dayOfWeek };
    await Availability.Rules.create(context, doctorOf(practice), practice, rule, once(context));
  }
}

/** A practice that offers one service every day from 09:00 to 13:00, with the slots of `date` made. */
export async function anOpenDay(
  context: Context,
  date: string,
  service: Partial<Service.NewService> = {},
  practiceChanges: Partial<Practice> = {},
): Promise<{ practice: Practice; service: Service.MedicalService }> {
  const practice = aPractice(context, practiceChanges);
  const offered = await offer(context, practice, service);
  await openDaily(context, practice);
  await Generation.generate(context, practice, { from: date, to: date });
  return { practice, service: offered };
}

/** What the wall clock shows at the start of each slot of `date` that can be booked, as `HH:MM`. */
export async function freeTimes(
  context: Context,
  practice: Practice,
  date: LocalDate,
  { serviceId }: { serviceId?: string } = {},
): Promise<string[]> {
  const { items } = await Listing.list(context, practice, {
    from: startOfDay(date, practice.timezone),
    to: startOfDay(nextDate(date), practice.timezone),
    limit: 1000,
    ...(serviceId && { serviceId }),
  });
  return items.map(({ localStartTime }) => localStartTime.slice(11, 16));
}

export const slotAt = (practice: Practice, service: Service.MedicalService, start: string): string =>
  Slot.slotIdOf({ profileId: practice.profileId, serviceId: service.serviceId, start });

export const wish = (
  slotId: string,
  serviceId: string,
  changes: Partial<Appointment.NewAppointment> = {},
): Appointment.NewAppointment => ({
  slotId,
  serviceId,
  patientName: "Lucía Ramírez",
  patientPhone: "+525587654321",
  language: "es",
  urgencyLevel: "normal",
  source: "web",
  chiefComplaint: "Dolor de cabeza desde hace tres días",
  ...changes,
});

interface Ask {
  readonly by?: Actor;
  readonly operation?: Operation;
  readonly wish?: Partial<Appointment.NewAppointment>;
}

const patientIdOf = (
  context: Context,
  practice: Practice,
  asked: Pick<Appointment.NewAppointment, "patientName" | "patientPhone">,
): string => Patient.idOf(context, practice.organizationId, asked.patientName, asked.patientPhone);

/** A patient asks for the slot that starts at `start`. */
export async function ask(
  context: Context,
  practice: Practice,
  service: Service.MedicalService,
  start: string,
  { by = anybody, operation = once(context), wish: changes }: Ask = {},
): Promise<Request.RequestView> {
  const asked = wish(slotAt(practice, service, start), service.serviceId, changes);
  const patientId = patientIdOf(context, practice, asked);
  const request = await Request.create(context, by, practice, service, patientId, asked, operation);
  return Request.viewOf(request, context.now());
}

/** The front desk books the slot that starts at `start`. */
export async function book(
  context: Context,
  practice: Practice,
  service: Service.MedicalService,
  start: string,
  { by = doctorOf(practice), operation = once(context), wish: changes }: Ask = {},
): Promise<Reservation.ReservationView> {
  const asked = wish(slotAt(practice, service, start), service.serviceId, changes);
  const patientId = patientIdOf(context, practice, asked);
  const reservation = await Reservation.book(context, by, practice, service, patientId, asked, operation);
  return Reservation.viewOf(reservation);
}

interface Join extends Omit<Ask, "wish"> {
  readonly wish?: Partial<Waitlist.NewEntry>;
}

/** A patient waits for a time in the first week of March 2026, the days that tests are about. */
export async function join(
  context: Context,
  practice: Practice,
  service: Service.MedicalService,
  { by = anybody, operation = once(context), wish: changes }: Join = {},
): Promise<Waitlist.EntryView> {
  const asked: Waitlist.NewEntry = {
    profileId: practice.profileId,
    serviceId: service.serviceId,
    patientName: "Lucía Ramírez",
    patientPhone: "+525587654321",
    language: "es",
    urgencyLevel: "normal",
    source: "web",
    from: "2026-03-02",
    to: "2026-03-08",
    ...changes,
  };
  const patientId = patientIdOf(context, practice, asked);
  const entry = await Waitlist.join(context, by, practice, service, patientId, asked, operation);
  return Waitlist.viewOf(entry, context.now());
}

/** Offers the slot that starts at `start` to whoever is next in line, all of them awake. */
export function offerSlot(
  context: Context,
  practice: Practice,
  service: Service.MedicalService,
  start: string,
  { round = context.newUlid() }: { round?: string } = {},
) {
  const slotId = slotAt(practice, service, start);
  const quietUntil = async () => undefined;
  return Waitlist.offerNext(context, practice, { slotId, round, quietUntil, awaited: [] });
}
