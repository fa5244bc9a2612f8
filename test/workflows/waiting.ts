import { Reservation, Waitlist } from "@turno/core/booking";
import { Generation, type Service, Slot } from "@turno/core/scheduling";
import { book, doctorOf, join, known, offer, once, patientOf, slotAt } from "@turno/core/testing";
import type { Clinic, Options } from "./clinic.ts";

/** Of the time that everybody waits for: a Friday, 09:00 in Mexico City. */
export const FRIDAY_9AM = "2026-03-06T15:00:00.000Z";

export const ANA = { patientName: "Ana Mora", patientPhone: "+525500000001" };
export const BETO = { patientName: "Beto Cruz", patientPhone: "+525500000002" };
export const CARO = { patientName: "Caro Vega", patientPhone: "+525500000003" };
export const DORA = { patientName: "Dora Lima", patientPhone: "+525500000004" };
export const EVA = { patientName: "Eva Luz", patientPhone: "+525500000005" };

type Person = typeof ANA;

/** A clinic that books at once, and has slots from Thursday to Saturday. */
export const instantly = {
  days: { from: "2026-03-05", to: "2026-03-07" },
  service: { approval: "instant" },
} as const satisfies Options;

export interface Waiting extends Clinic {
  readonly clinic: Clinic;
  /** The entries of who waits. */
  readonly ana: string;
  readonly beto: string;
  readonly caro: string;
  /** The visit that has taken the time. */
  readonly reservationId: string;
  readonly doctor: ReturnType<typeof doctorOf>;
}

/** Friday at 09:00 is taken, and three people wait: Ana before Beto, and Caro, for whom it can wait, last. */
export async function waiting(clinic: Clinic, wishOfAna: Partial<Waitlist.NewEntry> = {}): Promise<Waiting> {
  const { context, practice, service } = clinic;
  const { reservationId } = await book(context, practice, service, FRIDAY_9AM);
  const entryOf = async (person: Person, wish = {}) => {
    context.pass({ seconds: 1 });
    return (await join(context, practice, service, { wish: { ...person, ...wish } })).entryId;
  };
  const caro = await entryOf(CARO, { urgencyLevel: "low" });
  const ana = await entryOf(ANA, wishOfAna);
  const beto = await entryOf(BETO);
  await clinic.settle();
  return { ...clinic, clinic, ana, beto, caro, reservationId, doctor: doctorOf(practice) };
}

/** The doctor offers a check of 20 minutes as well, at any time from Thursday to Saturday. */
export async function checks({ context, practice }: Clinic): Promise<Service.MedicalService> {
  const service = await offer(context, practice, { name: "Control", approval: "instant" });
  await Generation.generate(context, practice, instantly.days);
  return service;
}

/** The visit of Friday at 09:00 is cancelled. */
export const free = ({ context, reservationId, doctor }: Waiting) =>
  Reservation.cancel(context, doctor, { reservationId, operation: once(context) });

/** A time is closed and opened again: nobody else is told anything. */
export async function reopen({ context, practice, service, doctor }: Waiting, start: string): Promise<void> {
  const key = Slot.slotKeyOf(slotAt(practice, service, start));
  await Slot.block(context, doctor, key);
  await Slot.unblock(context, doctor, key);
}

/** How many offers each of them was told. */
export const offers = ({ told }: Clinic, ...people: Person[]) =>
  people.map(({ patientPhone }) => told(patientPhone).filter((name) => name === "waitlist_offer").length);

export const statusOf = async ({ context }: Clinic, entryId: string) =>
  Waitlist.statusAt(await Waitlist.get(context, entryId), context.now());

/** An answer to the offer of this time. */
export const answer = async ({ context }: Clinic, entryId: string, start = FRIDAY_9AM) => ({
  offerId: Waitlist.offerIdOf(await Waitlist.get(context, entryId), start),
  operation: once(context),
});

export const accept = async (clinic: Clinic, entryId: string, start = FRIDAY_9AM) =>
  Waitlist.accept(clinic.context, patientOf(clinic.practice, entryId), known(clinic.practice), {
    ...(await answer(clinic, entryId, start)),
  });

export const decline = async (clinic: Clinic, entryId: string) =>
  Waitlist.decline(clinic.context, patientOf(clinic.practice, entryId), await answer(clinic, entryId));
