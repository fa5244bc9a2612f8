import { Service } from "electrodb";
import { type Context, type Instant, idFrom, minus } from "../../platform/index.ts";
import { RequestEntity } from "../request/request.entity.ts";
import { find } from "../request/request.store.ts";
import { statusAt } from "../request/request.ts";
import { ReservationEntity } from "../reservation/reservation.entity.ts";

const bookings = new Service({ request: RequestEntity, reservation: ReservationEntity });

/** Nothing can be booked farther ahead than a year. */
const BOOKED_WITHIN = { days: 370 };

/** A booking that is still to come. */
export interface Upcoming {
  /** Of the reservation, or of the request while nobody has decided. */
  readonly id: string;
  readonly profileId: string;
  readonly serviceName: string;
  readonly start: Instant;
}

/** What patients of a clinic have before them: confirmed visits and pending requests, the nearest first. */
export async function upcoming(
  context: Context,
  organizationId: string,
  patientIds: readonly string[],
): Promise<Upcoming[]> {
  const all = await Promise.all(patientIds.map((patientId) => ofOne(context, organizationId, patientId)));
  return all.flat().sort((a, b) => (a.start < b.start ? -1 : 1));
}

async function ofOne(context: Context, organizationId: string, patientId: string): Promise<Upcoming[]> {
  const now = context.now();
  const { data } = await bookings.collections
    .timeline({ organizationId, patientId })
    .gte({ createdAt: minus(now, BOOKED_WITHIN) })
    .go({ ...context.table, pages: "all" });
  const visits = data.reservation
    .filter(({ status, start }) => status === "confirmed" && start > now)
    .map((row) => ({ id: idFrom("reservation", row.appointmentId), ...shared(row) }));
  const booked = new Set(data.reservation.map(({ appointmentId }) => appointmentId));
  const open = data.request.filter(
    ({ appointmentId, outcome, start }) => !outcome && start > now && !booked.has(appointmentId),
  );
  // The index does not show what a request has become.
  const requests = await Promise.all(open.map(({ appointmentId }) => find(context, appointmentId)));
  const pending = requests.flatMap((request) =>
    request && statusAt(request, now) === "pending"
      ? [{ id: idFrom("request", request.appointmentId), ...shared(request) }]
      : [],
  );
  return [...visits, ...pending];
}

const shared = ({ profileId, serviceName, start }: Omit<Upcoming, "id">) => ({
  profileId,
  serviceName,
  start,
});
