import * as fc from "fast-check";
import { Request, Reservation, Waitlist } from "../../booking/index.ts";
import { type Actor, Busy, Invalid, idFrom, Refusal, ulidIn } from "../../platform/index.ts";
import { Availability, Listing, Service, Slot } from "../../scheduling/index.ts";
import { ask, book, doctorOf, join, known, offerSlot, once, patientOf } from "../index.ts";
import { type Calendar, DAYS, type Ids, regenerate, type World } from "./world.ts";

/** Something that somebody does, on things that are named by number: whatever there is by then. */
export interface Deed {
  readonly what: keyof typeof deeds;
  readonly calendar: number;
  readonly slot: number;
  readonly thing: number;
  readonly amount: number;
}

const named = <Thing>(things: readonly Thing[], number: number): Thing | undefined =>
  things[number % Math.max(things.length, 1)];

const count = (counts: Map<string, number>, name: string): void => {
  counts.set(name, (counts.get(name) ?? 0) + 1);
};

const HOLD_MINUTES = [5, 60, 60, 600, 1440];

/** A calendar and one of its slots with its service. */
function place(world: World, { calendar, slot }: Deed) {
  const chosen = world.calendars[calendar % world.calendars.length]!;
  const key = named(chosen.slots, slot);
  const service = key && chosen.services.find(({ serviceId }) => serviceId === key.serviceId);
  return { ...chosen, key, service };
}

const calendarOf = (world: World, profileId: string): Calendar =>
  world.calendars.find(({ practice }) => practice.profileId === profileId)!;

interface FoundRequest {
  readonly requestId: string;
  readonly request: Request.Request;
  readonly calendar: Calendar;
  readonly doctor: Actor;
}

/** Does something to a request, and remembers when it turns out to be decided. */
async function withRequest(
  world: World,
  { thing }: Deed,
  decide: (found: FoundRequest) => Promise<unknown>,
): Promise<void> {
  const requestId = world.requests.pick(thing);
  if (!requestId) return;
  const request = await Request.get(world.context, requestId);
  const calendar = calendarOf(world, request.profileId);
  const decided = decide({ requestId, request, calendar, doctor: doctorOf(calendar.practice) });
  await closing(world.requests, requestId, decided);
}

interface FoundReservation {
  readonly reservationId: string;
  readonly reservation: Reservation.Reservation;
  readonly calendar: Calendar;
  readonly doctor: Actor;
}

/** Does something to a reservation, and remembers when it turns out to have ended. */
async function withReservation(
  world: World,
  { thing }: Deed,
  end: (found: FoundReservation) => Promise<unknown>,
): Promise<void> {
  const reservationId = world.reservations.pick(thing);
  if (!reservationId) return;
  const reservation = await Reservation.get(world.context, reservationId);
  const calendar = calendarOf(world, reservation.profileId);
  const ended = end({ reservationId, reservation, calendar, doctor: doctorOf(calendar.practice) });
  await closing(world.reservations, reservationId, ended);
}

interface FoundOffer {
  readonly entryId: string;
  readonly offer: Waitlist.Offer;
  readonly offerId: string;
  readonly calendar: Calendar;
}

/** Does something to an offer, open or over. */
async function withOffer(
  world: World,
  { thing }: Deed,
  answer: (found: FoundOffer) => Promise<unknown>,
): Promise<void> {
  const entryId = world.entries.pick(thing);
  if (!entryId) return;
  const entry = await Waitlist.get(world.context, entryId);
  const { offer } = entry;
  if (!offer) return;
  const offerId = Waitlist.offerIdOf(entry, offer.start);
  await answer({ entryId, offer, offerId, calendar: calendarOf(world, entry.profileId) });
}

async function closing(ids: Ids, id: string, done: Promise<unknown>): Promise<void> {
  try {
    await done;
    ids.close(id);
  } catch (error) {
    if (error instanceof Refusal && error.type.startsWith("already-")) ids.close(id);
    throw error;
  }
}

function changesFor(
  deed: Deed,
  { practice, services, slots }: Calendar,
): Request.ApprovalChanges | undefined {
  const key = named(slots, deed.slot);
  const newSlotId = key && Slot.slotIdOf(key);
  const { serviceId } = named(services, deed.slot)!;
  const choices: (Request.ApprovalChanges | undefined)[] = [
    undefined,
    undefined,
    { durationChange: (deed.amount % 13) * 5 - 15 },
    { priceAdjustment: deed.amount * 100 - 2_000 },
    { newSlotId },
    { serviceId },
    { newSlotId, serviceId },
    { newSlotId, durationChange: 10, notes: practice.doctorName },
  ];
  return choices[deed.amount % choices.length];
}

/** What an approval makes of the price; the same rule as the domain's, written the short way. */
function agreedPrice(
  request: Request.Request,
  changes: Request.ApprovalChanges = {},
  services: Service.MedicalService[],
) {
  const { newSlotId, priceAdjustment = 0 } = changes;
  const chosen = changes.serviceId ?? (newSlotId ? Slot.slotKeyOf(newSlotId).serviceId : request.serviceId);
  const { price } =
    chosen === request.serviceId ? request : services.find(({ serviceId }) => serviceId === chosen)!;
  return price + priceAdjustment;
}

type Act = (world: World, deed: Deed) => Promise<unknown>;

const deeds = {
  async ask(world, deed) {
    const { practice, key, service } = place(world, deed);
    if (!key || !service) return;
    const holdMinutes = named(HOLD_MINUTES, deed.amount)!;
    const policy = { ...practice.policy, holdMinutes };
    const wish = { patientName: `Paciente ${deed.thing}` };
    const { requestId } = await ask(world.context, { ...practice, policy }, service, key.start, { wish });
    world.prices.set(ulidIn(requestId), service.price);
    world.requests.add(requestId);
  },
  async book(world, deed) {
    const { practice, key, service } = place(world, deed);
    if (!key || !service) return;
    const { reservationId } = await book(world.context, practice, service, key.start);
    world.prices.set(ulidIn(reservationId), service.price);
    world.reservations.add(reservationId);
  },
  approve: (world, deed) =>
    withRequest(world, deed, async ({ requestId, request, calendar, doctor }) => {
      const changes = changesFor(deed, calendar);
      const price = agreedPrice(request, changes, calendar.services);
      const { reservationId } = await Request.approve(world.context, doctor, known(calendar.practice), {
        requestId,
        ...(changes && { changes }),
        operation: once(world.context),
      });
      world.prices.set(ulidIn(reservationId), price);
      world.reservations.add(reservationId);
    }),
  reject: (world, deed) =>
    withRequest(world, deed, ({ requestId, doctor }) =>
      Request.reject(world.context, doctor, { requestId, operation: once(world.context) }),
    ),
  cancelRequest: (world, deed) =>
    withRequest(world, deed, ({ requestId, calendar }) =>
      Request.cancel(world.context, patientOf(calendar.practice, requestId), {
        requestId,
        operation: once(world.context),
      }),
    ),
  expire: (world, deed) =>
    withRequest(world, deed, ({ requestId, calendar }) =>
      Request.expire(world.context, known(calendar.practice), requestId),
    ),
  async sweep(world) {
    for (const { profileId, appointmentId } of await Request.due(world.context, world.context.now())) {
      const { practice } = calendarOf(world, profileId);
      await Request.expire(world.context, known(practice), idFrom("request", appointmentId)).catch(
        onlyRefusals,
      );
    }
  },
  async join(world, deed) {
    const { practice, service } = place(world, deed);
    if (!service) return;
    const { entryId } = await join(world.context, practice, service, {
      wish: { ...DAYS, patientName: `Paciente ${deed.thing % 6}` },
      ...(deed.amount % 2 === 0 && { by: doctorOf(practice) }),
    });
    world.entries.add(entryId);
  },
  async offer(world, deed) {
    const { practice, key, service } = place(world, deed);
    if (!key || !service) return;
    const policy = { ...practice.policy, offerMinutes: named([5, 30, 240], deed.amount)! };
    await offerSlot(world.context, { ...practice, policy }, service, key.start);
  },
  accept: (world, deed) =>
    withOffer(world, deed, async ({ entryId, offer, offerId, calendar: { practice } }) => {
      const answer = { offerId, operation: once(world.context) };
      const { request } = await Waitlist.accept(
        world.context,
        patientOf(practice, entryId),
        known(practice),
        answer,
      );
      world.prices.set(ulidIn(entryId), offer.price);
      if (request) world.requests.add(entryId.replace("wte_", "req_"));
      else world.reservations.add(entryId.replace("wte_", "res_"));
    }),
  decline: (world, deed) =>
    withOffer(world, deed, ({ entryId, offerId, calendar: { practice } }) =>
      Waitlist.decline(world.context, patientOf(practice, entryId), {
        ...{ offerId, operation: once(world.context) },
      }),
    ),
  lapse: (world, deed) => withOffer(world, deed, ({ offerId }) => Waitlist.lapse(world.context, offerId)),
  async leave(world, deed) {
    const entryId = world.entries.pick(deed.thing);
    if (!entryId) return;
    const { profileId } = await Waitlist.get(world.context, entryId);
    const patient = patientOf(calendarOf(world, profileId).practice, entryId);
    await Waitlist.leave(world.context, patient, entryId);
    world.entries.close(entryId);
  },
  async sweepWaiting(world) {
    await Waitlist.lapseOverdue(world.context);
  },
  cancel: (world, deed) =>
    withReservation(world, deed, ({ reservationId, calendar, doctor }) => {
      const actor = deed.amount % 3 === 0 ? patientOf(calendar.practice, reservationId) : doctor;
      return Reservation.cancel(world.context, actor, { reservationId, operation: once(world.context) });
    }),
  move: (world, deed) =>
    withReservation(world, deed, async ({ reservationId, reservation, calendar, doctor }) => {
      const { serviceId } = reservation;
      const key = named(
        calendar.slots.filter((slot) => slot.serviceId === serviceId),
        deed.slot,
      );
      if (!key) throw new Invalid("/slotId", "there is none");
      const moved = await Reservation.reschedule(world.context, doctor, known(calendar.practice), {
        reservationId,
        slotId: Slot.slotIdOf(key),
        operation: once(world.context),
      });
      world.prices.set(moved.appointmentId, reservation.price);
      world.reservations.add(idFrom("reservation", moved.appointmentId));
    }),
  complete: (world, deed) =>
    withReservation(world, deed, ({ reservationId, doctor }) => {
      const ending = { reservationId, operation: once(world.context) };
      return Reservation.complete(world.context, doctor, {}, ending);
    }),
  noShow: (world, deed) =>
    withReservation(world, deed, ({ reservationId, doctor }) =>
      Reservation.noShow(world.context, doctor, { reservationId, operation: once(world.context) }),
    ),
  async block(world, deed) {
    const { practice, key } = place(world, deed);
    if (!key) return;
    const doctor = doctorOf(practice);
    await Request.pastEndedHolds(world.context, practice, () => Slot.block(world.context, doctor, key));
  },
  async unblock(world, deed) {
    const { practice, key } = place(world, deed);
    if (key) await Slot.unblock(world.context, doctorOf(practice), key);
  },
  async list(world, deed) {
    const { practice } = place(world, deed);
    await Listing.list(world.context, practice, {
      from: `${DAYS.from}T06:00:00.000Z`,
      to: `${DAYS.to}T23:00:00.000Z`,
      limit: 20,
    });
  },
  async generate(world, deed) {
    await regenerate(world.context, world.calendars[deed.calendar % world.calendars.length]!);
  },
  async changeService(world, deed) {
    const calendar = world.calendars[deed.calendar % world.calendars.length]!;
    const index = deed.slot % calendar.services.length;
    const { serviceId } = calendar.services[index]!;
    const edits: Service.ServiceEdit[] = [
      { duration: 20 + (deed.amount % 4) * 10 },
      { bufferAfter: (deed.amount % 3) * 10 },
      { capacity: 1 + (deed.amount % 3) },
      { price: 10_000 + deed.amount * 1_000 },
    ];
    const edit = named(edits, deed.thing)!;
    calendar.services[index] = await Service.edit(
      world.context,
      doctorOf(calendar.practice),
      serviceId,
      edit,
    );
    await regenerate(world.context, calendar);
  },
  async changeHours(world, deed) {
    const calendar = world.calendars[deed.calendar % world.calendars.length]!;
    const { practice } = calendar;
    const date = deed.slot % 2 === 0 ? DAYS.from : DAYS.to;
    const windows = [[], [{ startTime: "09:10", endTime: "11:30" }]][deed.thing % 2]!;
    const doctor = doctorOf(practice);
    const { exceptionId } = await Availability.Exceptions.create(
      world.context,
      doctor,
      practice,
      { date, windows },
      once(world.context),
    );
    await regenerate(world.context, calendar);
    if (deed.amount % 4 === 0) return;
    await Availability.Exceptions.remove(world.context, doctor, practice, exceptionId);
    await regenerate(world.context, calendar);
  },
  async moveZone(world, deed) {
    const calendar = world.calendars[deed.calendar % world.calendars.length]!;
    const timezone = named(["America/Mexico_City", "America/Chicago", "America/New_York"], deed.amount)!;
    calendar.practice = { ...calendar.practice, timezone };
    await regenerate(world.context, calendar);
  },
  async pass(world, deed) {
    world.context.pass({ minutes: deed.amount * 5 });
  },
  /** A doctor of another clinic tries what is none of their business. */
  async intrude(world, deed) {
    const requestId = world.requests.pick(deed.thing);
    if (!requestId) return;
    const { profileId, organizationId } = await Request.get(world.context, requestId);
    const { practice } = calendarOf(world, profileId);
    const stranger = world.calendars.find((other) => other.practice.organizationId !== organizationId)!;
    const actor = doctorOf(stranger.practice);
    const operation = once(world.context);
    const tries = await Promise.allSettled([
      Request.approve(world.context, actor, known(practice), { requestId, operation }),
      Request.reject(world.context, actor, { requestId, operation }),
      Request.view(world.context, actor, requestId),
    ]);
    if (tries.some(({ status }) => status === "fulfilled")) throw new Error("a stranger got in");
  },
} satisfies Record<string, Act>;

const onlyRefusals = (error: unknown): void => {
  if (!(error instanceof Refusal) || error instanceof Busy) throw error;
};

/** Does it; a refusal is an answer as well, except that nobody has to wait here. Anything else is a fault. */
export async function act(world: World, deed: Deed): Promise<void> {
  try {
    await deeds[deed.what](world, deed);
    count(world.done, deed.what);
  } catch (error) {
    onlyRefusals(error);
    count(world.refused, `${deed.what}: ${(error as Refusal).type}`);
  }
}

/** How often each is done, compared with the others. */
const weights: Record<keyof typeof deeds, number> = {
  ask: 30,
  book: 12,
  approve: 18,
  reject: 4,
  cancelRequest: 4,
  expire: 6,
  sweep: 1,
  join: 8,
  offer: 12,
  accept: 8,
  decline: 3,
  lapse: 3,
  leave: 1,
  sweepWaiting: 1,
  cancel: 8,
  move: 12,
  complete: 3,
  noShow: 2,
  block: 4,
  unblock: 4,
  list: 3,
  generate: 2,
  changeService: 2,
  changeHours: 2,
  moveZone: 1,
  pass: 6,
  intrude: 2,
};

const number = fc.nat({ max: 59 });

const deed: fc.Arbitrary<Deed> = fc.record({
  what: fc.oneof(
    ...Object.entries(weights).map(([what, weight]) => ({
      weight,
      arbitrary: fc.constant(what as keyof typeof deeds),
    })),
  ),
  calendar: number,
  slot: number,
  thing: number,
  amount: number,
});

/** Rounds of deeds that are done at the same time. */
export const rounds = (many: number): fc.Arbitrary<Deed[][]> =>
  fc.array(fc.array(deed, { minLength: 1, maxLength: 8, size: "max" }), {
    minLength: many,
    maxLength: many,
  });
