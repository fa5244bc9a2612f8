import { Service } from "electrodb";
import { type Actor, Audit, type Context, Forbidden, type Instant, idFrom } from "../../platform/index.ts";
import { PrescriptionEntity } from "../prescription/prescription.entity.ts";
import { statusAt as prescriptionStatus } from "../prescription/prescription.ts";
import { RequestEntity } from "../request/request.entity.ts";
import { find } from "../request/request.store.ts";
import { type RequestStatus, statusAt } from "../request/request.ts";
import { ReservationEntity } from "../reservation/reservation.entity.ts";
import type { TimelineEntry } from "./entry.ts";

const had = new Service({
  request: RequestEntity,
  reservation: ReservationEntity,
  prescription: PrescriptionEntity,
});

/**
 * A patient's requests, reservations and prescriptions in the actor's clinic, newest first; the reading is logged.
 *
 * It is for all staff, and so says that there is a prescription, not what for.
 */
export async function of(
  context: Context,
  actor: Actor,
  patientId: string,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<{ items: TimelineEntry[]; nextCursor?: string }> {
  if (actor.kind !== "staff") throw new Forbidden();
  const { organizationId } = actor;
  await Audit.read(context, actor, { organizationId, about: patientId, what: "timeline" });
  const { data, cursor: next } = await had.collections
    .timeline({ organizationId, patientId })
    .go({ ...context.table, limit, cursor: cursor ?? null, order: "desc" });
  const booked = new Set(data.reservation.map(({ appointmentId }) => appointmentId));
  const asked = data.request.filter(({ appointmentId }) => !booked.has(appointmentId));
  const requests = await Promise.all(
    asked.map(async (request) => ({
      kind: "request" as const,
      id: idFrom("request", request.appointmentId),
      status: request.outcome ?? (await undecided(context, request.appointmentId)),
      ...shared(request),
    })),
  );
  const reservations = data.reservation.map((reservation) => ({
    kind: "reservation" as const,
    id: idFrom("reservation", reservation.appointmentId),
    status: reservation.status,
    ...shared(reservation),
  }));
  const prescriptions = data.prescription.map((prescription) => ({
    kind: "prescription" as const,
    id: prescription.prescriptionId,
    status: prescriptionStatus(prescription, context.now()),
    ...shared(prescription),
  }));
  const items = [
    ...requests.filter(({ status }) => status !== "approved"),
    ...reservations,
    ...prescriptions,
  ];
  items.sort((a, b) => (a.createdAt > b.createdAt ? -1 : 1));
  return { items, ...(next && { nextCursor: next }) };
}

/**
 * What a request is that the index shows without an outcome: pending, or approved. Then it goes on as the reservation,
 * which may stand on the page before.
 */
async function undecided(context: Context, appointmentId: string): Promise<RequestStatus> {
  const request = await find(context, appointmentId);
  return request ? statusAt(request, context.now()) : "pending";
}

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
