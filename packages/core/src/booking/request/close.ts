import {
  type Actor,
  type Context,
  commit,
  Forbidden,
  idFrom,
  isRepeat,
  nameOf,
  type Operation,
  Outbox,
  onceOnly,
  requireCalendar,
  requireParty,
} from "../../platform/index.ts";
import { Claim } from "../../scheduling/index.ts";
import { claimOf, partyOf, releasedFields } from "../appointment/appointment.ts";
import { decide, get } from "./request.store.ts";
import { AlreadyDecided, type Request, statusAt } from "./request.ts";

interface Closing {
  readonly requestId: string;
  readonly reason?: string;
  readonly operation: Operation;
}

/**
 * Turns a request down; its slot is free in the same write.
 *
 * A repeated operation does nothing. Throws {@link AlreadyDecided}, `not-found`, `forbidden`.
 */
export async function reject(
  context: Context,
  actor: Actor,
  { requestId, reason, operation }: Closing,
): Promise<void> {
  const request = await get(context, requestId);
  requireCalendar(actor, request, "request", requestId);
  await close(context, actor, request, { to: "rejected", reason, operation });
}

/**
 * Takes a request back; its slot is free in the same write.
 *
 * A repeated operation does nothing. Throws {@link AlreadyDecided}, `not-found`, `forbidden`.
 */
export async function cancel(
  context: Context,
  actor: Actor,
  { requestId, reason, operation }: Closing,
): Promise<void> {
  const request = await get(context, requestId);
  if (actor.kind === "public") throw new Forbidden();
  if (actor.kind === "patient") requireParty(actor, request, "request", requestId);
  else requireCalendar(actor, request, "request", requestId);
  await close(context, actor, request, { to: "cancelled", reason, operation });
}

async function close(
  context: Context,
  actor: Actor,
  request: Request,
  { to, reason, operation }: { to: "rejected" | "cancelled"; reason?: string; operation: Operation },
): Promise<void> {
  if (isRepeat(operation, request.decisionMark)) return;
  const requestId = idFrom("request", request.appointmentId);
  const at = context.now();
  const status = statusAt(request, at);
  if (status !== "pending") throw new AlreadyDecided(requestId, status);
  const told = { organizationId: request.organizationId, about: requestId };
  const fact =
    to === "rejected"
      ? Outbox.tell(context, actor, {
          ...told,
          events: ["reservation/rejected", "slot/released"],
          data: {
            requestId,
            reservationId: idFrom("reservation", request.appointmentId),
            rejectionReason: reason ?? "",
            rejectedBy: nameOf(actor),
            rejectedAt: at,
            ...releasedFields(request, "rejected"),
          },
        })
      : Outbox.tell(context, actor, {
          ...told,
          events: ["reservation/request-cancelled", "slot/released"],
          data: {
            requestId,
            cancellationReason: reason,
            cancelledBy: partyOf(actor),
            cancelledAt: at,
            ...releasedFields(request, "cancelled"),
          },
        });
  const closed = () =>
    Claim.seated(context, { before: claimOf(request, request.expiresAt) }, (seats) =>
      commit(context, [
        decide(request, { to, at, reason, operation }),
        ...Claim.writes(seats.before, undefined),
        fact,
      ]),
    );
  await onceOnly(closed, async () => undefined);
}
