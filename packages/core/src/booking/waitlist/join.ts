import {
  type Actor,
  type Context,
  commit,
  Invalid,
  idFrom,
  isCareTeam,
  localDateOf,
  madeOnce,
  nextDate,
  type Operation,
  Outbox,
  type Practice,
  requireStaff,
  startOfDay,
} from "../../platform/index.ts";
import type { Service } from "../../scheduling/index.ts";
import { clinicalOf } from "../appointment/details.ts";
import { lapseWish } from "./end.ts";
import { factAbout } from "./fact.ts";
import { find, get, insert } from "./waitlist.store.ts";
import { AlreadyWaiting, type Entry, type NewEntry, statusAt } from "./waitlist.ts";

/** Nobody plans further ahead, and an entry is not for ever. */
const LONGEST_DAYS = 365;

function requireDatesAhead({ to }: NewEntry, practice: Practice, now: string): void {
  const today = localDateOf(now, practice.timezone);
  if (to < today) throw new Invalid("/to", "has passed");
  if (to > nextDate(today, LONGEST_DAYS)) throw new Invalid("/to", `is more than ${LONGEST_DAYS} days ahead`);
}

/**
 * Waits for a time with a doctor: one entry for each person, service and doctor.
 *
 * A repeated operation answers with the entry it made. Throws {@link AlreadyWaiting}, `invalid`, `not-found`,
 * `idempotency-key-reused`.
 */
export async function join(
  context: Context,
  actor: Actor,
  practice: Practice,
  service: Service.MedicalService,
  patientId: string,
  input: NewEntry,
  operation: Operation,
): Promise<Entry> {
  const { organizationId, profileId } = practice;
  if (actor.kind === "staff") requireStaff(actor, organizationId, "profile", profileId);
  const joinedAt = context.now();
  const { patientName, patientPhone, patientEmail, language, urgencyLevel, source } = input;
  const { from, to, weekdays, times } = input;
  const entry: Entry = {
    ...{ appointmentId: operation.id, organizationId, profileId, patientId, patientName, patientPhone },
    ...(patientEmail && { patientEmail }),
    ...{ language, urgencyLevel, source },
    ...{ serviceId: service.serviceId, serviceName: service.name },
    ...clinicalOf(input),
    ...{ from, to, ...(weekdays && { weekdays }), ...(times && { times }) },
    ...{ until: startOfDay(nextDate(to), practice.timezone), joinedAt },
    ...(isCareTeam(actor, practice) && { vouched: true }),
    status: "waiting",
  };
  const joined = async () => {
    requireDatesAhead(input, practice, joinedAt);
    await commit(context, [
      ...insert(entry, operation),
      Outbox.tell(context, actor, {
        organizationId,
        about: idFrom("entry", entry.appointmentId),
        events: ["waitlist/joined"],
        data: factAbout(entry),
      }),
    ]);
    return entry;
  };
  return madeOnce(
    operation,
    () => pastLapsed(context, joined),
    () => find(context, operation.id),
  );
}

/** Runs `join`, again when all that stands in the way is an entry of the same person whose time is up. */
async function pastLapsed(context: Context, join: () => Promise<Entry>): Promise<Entry> {
  try {
    return await join();
  } catch (error) {
    if (!(error instanceof AlreadyWaiting)) throw error;
    const before = await get(context, error.entryId);
    if (statusAt(before, context.now()) !== "lapsed") throw error;
    await lapseWish(context, before);
    return join();
  }
}
