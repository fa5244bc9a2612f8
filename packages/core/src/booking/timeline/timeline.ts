import { Service } from "electrodb";
import { type Actor, Audit, type Context, Forbidden, type Instant, idFrom } from "../../platform/index.ts";
import { RequestEntity } from "../request/request.entity.ts";
import { statusAt } from "../request/request.ts";
import { ReservationEntity } from "../reservation/reservation.entity.ts";
import type { TimelineEntry } from "./entry.ts";

const bookings = new Service({ request: RequestEntity, reservation: ReservationEntity });

/** A patient's requests and reservations in the actor's clinic, newest first; the reading is logged. */
export async function of(
  context: Context,
  actor: Actor,
  patientId: string,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<{ items: TimelineEntry[]; nextCursor?: string }> {
  if (actor.kind !== "staff") throw new Forbidden();
  const { organizationId } = actor;
  await Audit.read(context, actor, { organizationId, about: patientId, what: "timeline" });
  const { data, cursor: next } = await bookings.collections
    .timeline({ organizationId, patientId })
    .go({ ...context.table, limit, cursor: cursor ?? null, order: "desc" });
  const booked = new Set(data.reservation.map(({ appointmentId }) => appointmentId));
  const now = context.now();
  const requests = data.request
    // Once approved it goes on as the reservation beside it.
    .filter(({ appointmentId }) => !booked.has(appointmentId))
    .map((request) => ({
      kind: "request" as const,
      id: idFrom("request", request.appointmentId),
      status: request.outcome ?? pendingOr(request, now),
      ...shared(request),
    }));
  const reservations = data.reservation.map((reservation) => ({
    kind: "reservation" as const,
    id: idFrom("reservation", reservation.appointmentId),
    status: reservation.status,
    ...shared(reservation),
  }));
  const items = [...requests, ...reservations].sort((a, b) => (a.createdAt > b.createdAt ? -1 : 1));
  return { items, ...(next && { nextCursor: next }) };
}

const pendingOr = ({ expiresAt }: { expiresAt: Instant }, now: Instant): string =>
  statusAt({ status: "pending", expiresAt }, now);

const shared = (row: {
  profileId: string;
  serviceName: string;
  start: Instant;
  end: Instant;
  createdAt: Instant;
}) => ({
  profileId: row.profileId,
  serviceName: row.serviceName,
  startTime: row.start,
  endTime: row.end,
  createdAt: row.createdAt,
});
