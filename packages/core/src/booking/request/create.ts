import {
  type Actor,
  type Context,
  idFrom,
  type Operation,
  Outbox,
  type Practice,
  requireStaff,
} from "../../platform/index.ts";
import { type Service, Slot } from "../../scheduling/index.ts";
import { appointmentFrom, claimOf } from "../appointment/appointment.ts";
import { clinicalOf, type NewAppointment } from "../appointment/details.ts";
import { askedFields, askedFor } from "./asked.ts";
import { find, insert } from "./request.store.ts";
import type { Request } from "./request.ts";
import { takeFree } from "./take-free.ts";

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
  const request = askedFor(
    appointmentFrom(practice, service, key, input, { appointmentId: operation.id, patientId }),
    clinicalOf(input),
    context.now(),
  );
  return takeFree(context, { actor, practice, key, operation }, request, {
    claim: claimOf(request, request.expiresAt),
    writes: () => [
      insert(request, operation),
      Outbox.tell(context, actor, {
        organizationId: practice.organizationId,
        about: idFrom("request", operation.id),
        events: ["reservation/request-created"],
        data: askedFields(request),
      }),
    ],
    first: () => find(context, operation.id),
  });
}
