import { Service } from "electrodb";
import type { Context, Instant } from "../../platform/index.ts";
import { RequestEntity } from "../request/request.entity.ts";
import { ReservationEntity } from "../reservation/reservation.entity.ts";

const bookings = new Service({ request: RequestEntity, reservation: ReservationEntity });

interface Visit {
  readonly organizationId: string;
  readonly patientId: string;
  readonly profileId: string;
  readonly serviceId: string;
}

/** Whether a patient has since then booked such a visit, or asked for one, that is still to come. */
export async function hasBookedSince(
  context: Context,
  { organizationId, patientId, profileId, serviceId }: Visit,
  since: Instant,
): Promise<boolean> {
  const { data } = await bookings.collections
    .timeline({ organizationId, patientId })
    .gte({ createdAt: since })
    .go({ ...context.table, pages: "all" });
  const now = context.now();
  const isSuch = (row: { profileId: string; serviceId: string; start: Instant }): boolean =>
    row.profileId === profileId && row.serviceId === serviceId && row.start > now;
  if (data.reservation.some((row) => isSuch(row) && row.status === "confirmed")) return true;
  const decided = new Set(data.reservation.map(({ appointmentId }) => appointmentId));
  return data.request.some(
    (row) => isSuch(row) && !row.outcome && row.expiresAt > now && !decided.has(row.appointmentId),
  );
}
