import {
  type Actor,
  type Context,
  commit,
  idFrom,
  Outbox,
  type Practice,
  Refusal,
} from "../../platform/index.ts";
import { Claim, Slot } from "../../scheduling/index.ts";
import { claimOf, releasedFields } from "../appointment/appointment.ts";
import { decide, find, get } from "./request.store.ts";
import { AlreadyDecided, type Request } from "./request.ts";

const system: Actor = { kind: "system" };

/** The hold has not ended. */
export class NotDue extends Refusal {
  constructor(requestId: string, expiresAt: string) {
    super("not-due", "This request has not expired yet.", { requestId, expiresAt });
  }
}

/**
 * Ends a request whose time is up: expired, slot free and told, in one transaction.
 *
 * Throws {@link AlreadyDecided} when something else won, `not-found`, and {@link NotDue} before its time.
 */
export async function expire(context: Context, practice: Practice, requestId: string): Promise<void> {
  await end(context, practice, await get(context, requestId));
}

async function end(context: Context, practice: Practice, request: Request): Promise<void> {
  const requestId = idFrom("request", request.appointmentId);
  const now = context.now();
  if (request.status !== "pending") throw new AlreadyDecided(requestId, request.status);
  if (request.expiresAt > now) throw new NotDue(requestId, request.expiresAt);
  const before = claimOf(request, request.expiresAt);
  await Claim.seated(context, { before }, (seats) =>
    commit(context, [
      decide(request, { to: "expired", at: now }),
      ...Claim.writes(seats.before, undefined),
      Outbox.tell(context, system, {
        organizationId: request.organizationId,
        about: requestId,
        events: ["reservation/request-expired", "slot/released"],
        data: {
          requestId,
          patientName: request.patientName,
          patientPhone: request.patientPhone,
          doctorId: request.profileId,
          doctorPhone: practice.doctorPhone,
          ...releasedFields(request, "expired"),
        },
      }),
    ]),
  );
}

const APPOINTMENT = /^[0-9A-HJKMNP-TV-Z]{26}$/;
/** A round clears one hour of the ledger, and the longest visit with its buffers reaches over twenty. */
const ROUNDS = 24;

/**
 * Runs `book`, and when holds that have ended stand in its way, ends them and runs it again: that a time is free never
 * depends on a job having run.
 */
export async function pastEndedHolds<T>(
  context: Context,
  practice: Practice,
  book: () => Promise<T>,
): Promise<T> {
  for (let round = 1; ; round++) {
    try {
      return await book();
    } catch (error) {
      if (!(error instanceof Slot.SlotTaken) || round === ROUNDS) throw error;
      const owners = (
        await Promise.all(error.blockers.map((blocker) => ownersBehind(context, practice, blocker)))
      ).flat();
      let cleared = false;
      // One after the other: those of a group write to the same slot.
      for (const owner of new Set(owners)) {
        if (await endIfDue(context, practice, owner)) cleared = true;
      }
      if (!cleared) throw error;
    }
  }
}

/** A blocker is an appointment, or a group's slot behind which stand the holds of its seats. */
async function ownersBehind(context: Context, { profileId }: Practice, blocker: string): Promise<string[]> {
  if (APPOINTMENT.test(blocker)) return [blocker];
  if (blocker.startsWith("blocked:")) return [];
  const slot = await Slot.get(context, Slot.slotKeyOf(`slt_${profileId.slice(4)}${blocker}`));
  return Slot.endedHolds(slot, context.now()).map(({ owner }) => owner);
}

async function endIfDue(context: Context, practice: Practice, appointmentId: string): Promise<boolean> {
  const request = await find(context, appointmentId);
  if (request?.status !== "pending" || request.expiresAt > context.now()) return false;
  try {
    await end(context, practice, request);
  } catch (error) {
    // Somebody else ended it meanwhile: free all the same.
    if (!(error instanceof AlreadyDecided)) throw error;
  }
  return true;
}
