import {
  type Actor,
  type ClinicPolicy,
  type Context,
  commit,
  datesBetween,
  type Instant,
  idFrom,
  localDateOf,
  minus,
  Outbox,
  operationOf,
  type Zone,
} from "../../platform/index.ts";
import { noShow } from "./complete.ts";
import { AlreadyNoted, confirmedOf, get, putToReview } from "./reservation.store.ts";
import { AlreadyEnded, type Listed } from "./reservation.ts";

const system: Actor = { kind: "system" };

/** A clinic, as far as it decides what becomes of a visit that nobody ended. */
interface Clinic {
  readonly organizationId: string;
  /** Of its calendars. */
  readonly zones: readonly Zone[];
  readonly noShow: ClinicPolicy["noShow"];
}

const isMissed = (visit: Listed, { noShow: { graceMinutes } }: Clinic, now: Instant): boolean =>
  !visit.toReview && visit.end <= minus(now, { minutes: graceMinutes });

/**
 * The visits of a clinic whose time and grace went by within so many hours without anybody saying how they ended.
 *
 * One query for each day on which such a visit may have been: for a day back yesterday and today, with a long grace the
 * day before as well, and where the clinic's calendars are in several zones the days of each.
 */
export async function missed(context: Context, clinic: Clinic, hours: number): Promise<string[]> {
  const now = context.now();
  const since = minus(now, { hours, minutes: clinic.noShow.graceMinutes });
  const datesIn = (zone: Zone) => datesBetween(localDateOf(since, zone), localDateOf(now, zone));
  const days = await Promise.all(
    [...new Set(clinic.zones.flatMap(datesIn))].map((date) =>
      confirmedOf(context, clinic.organizationId, date, { until: now }),
    ),
  );
  return days
    .flat()
    .filter((visit) => isMissed(visit, clinic, now))
    .map(({ appointmentId }) => idFrom("reservation", appointmentId));
}

/**
 * Ends a missed visit as the clinic has it: as a no-show, or put to the front desk. Whoever ended it meanwhile wins.
 *
 * May be repeated. Throws `not-found`.
 */
export async function endMissed(
  context: Context,
  { noShow: { action } }: Clinic,
  reservationId: string,
): Promise<"no_show" | "to-review" | "ended"> {
  if (action === "review") return askHowItEnded(context, reservationId);
  try {
    const operation = operationOf(context, "missed", reservationId, null);
    await noShow(context, system, { reservationId, operation });
    return "no_show";
  } catch (error) {
    if (error instanceof AlreadyEnded) return "ended";
    throw error;
  }
}

async function askHowItEnded(context: Context, reservationId: string): Promise<"to-review" | "ended"> {
  const reservation = await get(context, reservationId);
  const { organizationId, profileId } = reservation;
  try {
    await commit(context, [
      putToReview(reservation),
      Outbox.tell(context, system, {
        organizationId,
        about: reservationId,
        events: ["reservation/to-review"],
        data: { reservationId, profileId, markedAt: context.now() },
      }),
    ]);
    return "to-review";
  } catch (error) {
    if (!(error instanceof AlreadyNoted)) throw error;
    return reservation.toReview ? "to-review" : "ended";
  }
}
