import {
  type Actor,
  type Context,
  commit,
  type Instant,
  idFrom,
  Outbox,
  type Practice,
  type PracticeOf,
  Refusal,
} from "../../platform/index.ts";
import { Claim } from "../../scheduling/index.ts";
import { claimOf, releasedFields } from "../appointment/appointment.ts";
import { decide, get } from "./request.store.ts";
import { AlreadyDecided, type Request } from "./request.ts";

const system: Actor = { kind: "system" };

/** The hold has not ended. */
export class NotDue extends Refusal {
  constructor(id: string, expiresAt: Instant) {
    super("not-due", "This has not expired yet.", { id, expiresAt });
  }
}

/**
 * Ends a request whose time is up: expired, slot free and told, in one transaction.
 *
 * Throws {@link AlreadyDecided} when something else won, `not-found`, and {@link NotDue} before its time.
 */
export async function expire(context: Context, practiceOf: PracticeOf, requestId: string): Promise<void> {
  const request = await get(context, requestId);
  await end(context, await practiceOf(context, request.profileId), request);
}

/** The same, for a request that has been read. */
export async function end(context: Context, practice: Practice, request: Request): Promise<void> {
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
