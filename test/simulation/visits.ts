import type { Visit } from "./book.ts";
import { mayPrescribe } from "./doctors.ts";
import { close, engage, type Life, tried } from "./life.ts";
import { DAY, HOUR, iso } from "./time.ts";
import type { Calendar, Offer } from "./town.ts";

export interface FreeSlot {
  readonly slotId: string;
  readonly startTime: string;
}

/** A free time of the service, mostly in the next days. */
export async function freeSlot(
  { office, chance, now, end }: Life,
  { profileId }: Calendar,
  { serviceId }: Offer,
): Promise<FreeSlot | undefined> {
  const soonest = now() + 2 * HOUR;
  const from = Math.min(
    soonest + Math.floor(chance.next() ** 2 * 10) * DAY,
    Math.max(soonest, end - 4 * DAY),
  );
  const to = Math.min(from + 4 * DAY, end);
  if (from >= to) return undefined;
  const query = { from: iso(from), to: iso(to), serviceId, limit: 40 };
  const { items } = await office.call(({ anybody }) => anybody.listSlots({ params: { profileId }, query }));
  return items.length > 0 ? chance.pick(items) : undefined;
}

export const cancel = (life: Life, visit: Visit): Promise<void> =>
  engage(life, visit, async () => {
    const reservationId = visit.reservationId!;
    const call = () =>
      life.office.call((lines) =>
        lines.holder(visit.linkToken).cancelReservation({
          params: { reservationId },
          body: {},
          idempotencyKey: `cancel-${reservationId}`,
        }),
      );
    if (!(await tried(life, "cancel", call))) return;
    close(life, visit, "cancelled");
    visit.cancelledBy = "patient";
  });

export const cancelByClinic = (life: Life, visit: Visit): Promise<void> =>
  engage(life, visit, async () => {
    const reservationId = visit.reservationId!;
    const call = () =>
      life.office.call((lines) =>
        lines.admin(visit.calendar.organizationId).cancelReservation({
          params: { reservationId },
          body: { reason: "The doctor is ill." },
          idempotencyKey: `cancel-${reservationId}`,
        }),
      );
    if (!(await tried(life, "cancel by clinic", call))) return;
    close(life, visit, "cancelled");
    visit.cancelledBy = "clinic";
  });

/** The clinic says that the visit took place, or that nobody came. */
export const conclude = (life: Life, visit: Visit, lot: number): Promise<void> =>
  engage(life, visit, async () => {
    const { office } = life;
    const params = { reservationId: visit.reservationId! };
    const idempotencyKey = `conclude-${visit.reservationId}`;
    const { organizationId } = visit.calendar;
    const came = lot < 0.72;
    const call = () =>
      office.call<unknown>((lines) =>
        came
          ? lines.admin(organizationId).completeReservation({
              params,
              body: lot < 0.1 ? { followUpRequired: true, followUpType: "24h" as const } : {},
              idempotencyKey,
            })
          : lines.admin(organizationId).markNoShow({ params, idempotencyKey }),
      );
    const done = await tried(life, came ? "complete" : "no-show", async () => ({ answer: await call() }));
    if (!done) return;
    close(life, visit, came ? "completed" : "no_show");
    if (came) await mayPrescribe(life, visit);
  });

export const move = (life: Life, visit: Visit): Promise<void> =>
  engage(life, visit, async () => {
    const { office, now } = life;
    const slot = await freeSlot(life, visit.calendar, visit.service);
    if (!slot) return;
    const moved = await tried(life, "move", () =>
      office.call((lines) =>
        lines.holder(visit.linkToken).rescheduleReservation({
          params: { reservationId: visit.reservationId! },
          body: { slotId: slot.slotId },
          idempotencyKey: `move-${visit.reservationId}`,
        }),
      ),
    );
    if (moved) hasMoved(life, visit, { ...moved, start: Date.parse(slot.startTime), at: now() });
  });

interface Moved {
  readonly reservationId: string;
  readonly linkToken: string;
  readonly start: number;
  readonly at: number;
}

/** Writes down that a visit is at another time now. */
export function hasMoved(life: Life, visit: Visit, { reservationId, linkToken, start, at }: Moved): void {
  close(life, visit, "moved");
  visit.endedAt = at;
  const { name, phone, email, calendar, service } = visit;
  const next: Visit = {
    ...{ name, phone, email, calendar, service, start, reservationId, linkToken },
    ...{ askedAt: at, confirmedAt: at, stage: "confirmed", movedFrom: visit },
  };
  life.book.visits.push(next);
  life.follow(life, next);
}
