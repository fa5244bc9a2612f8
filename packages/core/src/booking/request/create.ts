import {
  type Actor,
  type Context,
  commit,
  earlier,
  idFrom,
  madeOnce,
  type Operation,
  Outbox,
  type Practice,
  plus,
  requireStaff,
} from "../../platform/index.ts";
import { Claim, type Service, Slot } from "../../scheduling/index.ts";
import { appointmentFrom, claimOf, requireBookableTime } from "../appointment/appointment.ts";
import { clinicalOf, type NewAppointment, slotIdFor } from "../appointment/details.ts";
import { pastEndedHolds } from "./ended-holds.ts";
import { find, insert } from "./request.store.ts";
import type { Request } from "./request.ts";
import { stillFree } from "./still-free.ts";

/**
 * Asks for a slot: it is held from the moment this answers until somebody decides or `expiresAt`.
 *
 * A repeated operation answers with the request it made. Throws `slot-taken`, `slot-blocked`, `slot-past`,
 * `slot-too-soon`, `slot-too-far`, `not-found`, `idempotency-key-reused`.
 */
export async function create(
  context: Context,
  actor: Actor,
  practice: Practice,
  service: Service.MedicalService,
  patientId: string,
  input: NewAppointment,
  operation: Operation,
): Promise<Request> {
  if (actor.kind === "staff") requireStaff(actor, practice.organizationId, "profile", practice.profileId);
  const key = Slot.slotKeyOf(input.slotId);
  const now = context.now();
  const requestId = idFrom("request", operation.id);
  const appointment = appointmentFrom(practice, service, key, input, {
    appointmentId: operation.id,
    patientId,
  });
  const clinical = clinicalOf(input);
  const request: Request = {
    ...appointment,
    ...clinical,
    status: "pending",
    expiresAt: earlier(plus(now, { minutes: practice.policy.holdMinutes }), key.start),
    createdAt: now,
  };
  const ask = async () => {
    requireBookableTime(context, actor, practice, key);
    await Claim.seated(context, { after: claimOf(request, request.expiresAt) }, (seats) =>
      commit(
        context,
        [
          insert(request, operation),
          ...Claim.writes(undefined, seats.after),
          Outbox.tell(context, actor, {
            organizationId: practice.organizationId,
            about: requestId,
            events: ["reservation/request-created"],
            data: {
              requestId,
              profileId: practice.profileId,
              slotId: slotIdFor(request),
              serviceId: request.serviceId,
              patientName: request.patientName,
              patientPhone: request.patientPhone,
              patientEmail: request.patientEmail,
              ...clinical,
              urgencyLevel: request.urgencyLevel,
              requestedTime: request.start,
              expiresAt: request.expiresAt,
            },
          }),
        ],
        { beforeRetry: () => stillFree(context, key) },
      ),
    );
    return request;
  };
  return madeOnce(
    operation,
    () => pastEndedHolds(context, practice, ask),
    () => find(context, operation.id),
  );
}
