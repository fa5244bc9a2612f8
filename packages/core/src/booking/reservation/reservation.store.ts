import {
  Busy,
  type Context,
  type Found,
  type Instant,
  idFrom,
  type LocalDate,
  mark,
  NotFound,
  type Operation,
  refusedOrRepeated,
  repeated,
  ulidIn,
  type Write,
} from "../../platform/index.ts";
import { ReservationEntity } from "./reservation.entity.ts";
import { AlreadyEnded, type Listed, type Reservation, type ReservationStatus } from "./reservation.ts";

/** The reservation as it stands now. Throws {@link NotFound}. */
export async function get(context: Context, reservationId: string): Promise<Reservation> {
  const found = await find(context, ulidIn(reservationId));
  if (!found) throw new NotFound("reservation", reservationId);
  return found;
}

export async function find(context: Context, appointmentId: string): Promise<Reservation | undefined> {
  const { data } = await ReservationEntity.get({ appointmentId }).go({ ...context.table, consistent: true });
  return (data as Reservation | null) ?? undefined;
}

/**
 * Those of these reservations that are there, as they stood a moment ago, in no order: one read for each hundred.
 *
 * Throws {@link Busy} when the table leaves any unread.
 */
export async function some(context: Context, reservationIds: readonly string[]): Promise<Reservation[]> {
  if (reservationIds.length === 0) return [];
  const keys = reservationIds.map((reservationId) => ({ appointmentId: ulidIn(reservationId) }));
  const { data, unprocessed } = await ReservationEntity.get(keys).go(context.table);
  if (unprocessed.length > 0) throw new Busy();
  return data as Reservation[];
}

/** The write that keeps a new reservation. */
export const insert = (reservation: Reservation, operation: Operation): Write => {
  const { reminded, ...row } = reservation;
  return {
    action: "Put",
    change: ReservationEntity.create({ ...row, mark: operation.content }),
    refused: repeated(operation),
  };
};

interface Change {
  readonly to: Exclude<ReservationStatus, "confirmed">;
  readonly operation: Operation;
  readonly set: Partial<
    Pick<
      Reservation,
      | "endedAt"
      | "noShowAt"
      | "reason"
      | "cancelledBy"
      | "refundAmount"
      | "movedTo"
      | "completion"
      | "toldInReply"
    >
  >;
}

/** The write that ends a reservation which stands as it was read: of all that try, exactly one finds it so. */
export function end(reservation: Reservation, { to, operation, set }: Change): Write {
  const { appointmentId, organizationId, patientId, profileId, localDate, start, createdAt } = reservation;
  const change = ReservationEntity.patch({ appointmentId })
    .set({ ...set, status: to, changeMark: mark(operation) })
    .composite({ organizationId, patientId, profileId, localDate, start, createdAt })
    .where(({ status }, { eq }) => eq(status, reservation.status));
  return {
    action: "Update",
    change,
    refused: (found) => refusedOrRepeated(operation, found?.cm, endedAlready(appointmentId, found)),
  };
}

function endedAlready(appointmentId: string, found: Found): Error {
  const reservationId = idFrom("reservation", appointmentId);
  if (!found) return new NotFound("reservation", reservationId);
  return new AlreadyEnded(
    reservationId,
    found.status as ReservationStatus,
    found.movedTo as string | undefined,
  );
}

/** The write that asks for a reminder: only of a confirmed reservation. */
export const askedToRemind = ({ appointmentId }: Reservation, operation: Operation): Write => ({
  action: "Update",
  change: ReservationEntity.patch({ appointmentId })
    .set({ remindMark: mark(operation) })
    .where(({ status }, { eq }) => eq(status, "confirmed")),
  refused: (found) => endedAlready(appointmentId, found),
});

/** What a note is about has been noted before. */
export class AlreadyNoted extends Error {}

/** The write that notes that the reminder `hours` before the start went out: refused as {@link AlreadyNoted}. */
export const reminded = ({ appointmentId }: Reservation, hours: number): Write => ({
  action: "Update",
  change: ReservationEntity.patch({ appointmentId })
    .add({ reminded: [hours] })
    .where((stored, { notContains }) => notContains(stored.reminded, hours as never)),
  refused: () => new AlreadyNoted(),
});

/** The write that notes that the patient of a confirmed visit will come: once, refused as {@link AlreadyNoted}. */
export const coming = ({ appointmentId }: Reservation, at: Instant): Write => ({
  action: "Update",
  change: ReservationEntity.patch({ appointmentId })
    .set({ attendanceConfirmedAt: at })
    .where(
      (stored, { eq, notExists }) =>
        `${eq(stored.status, "confirmed")} AND ${notExists(stored.attendanceConfirmedAt)}`,
    ),
  refused: (found) =>
    found?.status === "confirmed" ? new AlreadyNoted() : endedAlready(appointmentId, found),
});

/** The write that asks the front desk how a confirmed visit ended: once, refused as {@link AlreadyNoted}. */
export const putToReview = ({ appointmentId }: Reservation): Write => ({
  action: "Update",
  change: ReservationEntity.patch({ appointmentId })
    .set({ toReview: true })
    .where(
      (stored, { eq, notExists }) => `${eq(stored.status, "confirmed")} AND ${notExists(stored.toReview)}`,
    ),
  refused: () => new AlreadyNoted(),
});

/** A clinic's reservations of one day, by practitioner and time; of one practitioner when named. */
export async function ofDay(
  context: Context,
  organizationId: string,
  localDate: LocalDate,
  profileId?: string,
): Promise<Listed[]> {
  const day = ReservationEntity.query.agenda({ organizationId, localDate });
  const { data } = await (profileId ? day.begins({ profileId }) : day).go({ ...context.table, pages: "all" });
  return data as Listed[];
}

/**
 * The confirmed ones of a clinic's day that start from `from` on and before `until`. The table looks through the whole day,
 * and hands over no others.
 */
export async function confirmedOf(
  context: Context,
  organizationId: string,
  localDate: LocalDate,
  { from = "", until }: { readonly from?: Instant; readonly until: Instant },
): Promise<Listed[]> {
  const { data } = await ReservationEntity.query
    .agenda({ organizationId, localDate })
    .where(
      ({ status, start }, { eq, gte, lt }) =>
        `${eq(status, "confirmed")} AND ${gte(start, from)} AND ${lt(start, until)}`,
    )
    .go({ ...context.table, pages: "all" });
  return data as Listed[];
}
