import {
  type Actor,
  Audit,
  type Context,
  datesBetween,
  type LocalDate,
  type Practice,
  requireCareTeam,
  requireParty,
  requireStaff,
} from "../../platform/index.ts";
import { get, ofDay } from "./reservation.store.ts";
import {
  type AgendaEntry,
  entryOf,
  isToReview,
  type Listed,
  type ReservationView,
  viewOf,
} from "./reservation.ts";

/** One reservation, for its patient and the care team; the reading is logged. */
export async function view(context: Context, actor: Actor, reservationId: string): Promise<ReservationView> {
  const reservation = await get(context, reservationId);
  requireParty(actor, reservation, "reservation", reservationId);
  const { organizationId } = reservation;
  await Audit.read(context, actor, { organizationId, about: reservationId, what: "reservation" });
  return viewOf(reservation);
}

/** A calendar's reservations from one date to another, both included, for its care team. */
export async function agenda(
  context: Context,
  actor: Actor,
  { organizationId, profileId }: Practice,
  { from, to, toReview = false }: { from: LocalDate; to: LocalDate; toReview?: boolean },
): Promise<AgendaEntry[]> {
  requireCareTeam(actor, { organizationId, profileId }, "profile", profileId);
  const days = datesBetween(from, to).map((date) => ofDay(context, organizationId, date, profileId));
  return entries((await Promise.all(days)).flat(), toReview);
}

/** A clinic's reservations of one day, for its staff: the front desk's page. */
export async function clinicDay(
  context: Context,
  actor: Actor,
  organizationId: string,
  { date, toReview = false }: { date: LocalDate; toReview?: boolean },
): Promise<AgendaEntry[]> {
  requireStaff(actor, organizationId, "clinic", organizationId);
  const day = await ofDay(context, organizationId, date);
  return entries(day, toReview).sort((a, b) => (a.appointmentTime < b.appointmentTime ? -1 : 1));
}

/** All of them, or those alone whose end is to be told. */
const entries = (reservations: readonly Listed[], toReview: boolean): AgendaEntry[] =>
  reservations.filter((reservation) => !toReview || isToReview(reservation)).map(entryOf);
