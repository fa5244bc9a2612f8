import {
  type Actor,
  type Context,
  idFrom,
  localDateOf,
  type Operation,
  Outbox,
  type Practice,
  requireCareTeam,
  requireStaff,
} from "../../platform/index.ts";
import { type Service, Slot } from "../../scheduling/index.ts";
import { appointmentFrom, bookedFields, claimOf } from "../appointment/appointment.ts";
import { clinicalOf, type NewAppointment } from "../appointment/details.ts";
import { takeFree } from "../request/take-free.ts";
import { find, insert } from "./reservation.store.ts";
import type { Reservation } from "./reservation.ts";

/** What needs approval is booked at once only by those who might approve, and those who sit at their desk. */
function requireMayBook(actor: Actor, practice: Practice, service: Service.MedicalService): void {
  const { organizationId, profileId } = practice;
  if (actor.kind === "system") return;
  if (service.approval === "required") requireCareTeam(actor, practice, "profile", profileId);
  else if (actor.kind === "staff") requireStaff(actor, organizationId, "profile", profileId);
}

/**
 * Books at once: a service that needs no approval, or staff for a patient at the desk or on the phone.
 *
 * A repeated operation answers with the reservation it made. Throws as asking does: `slot-taken`, `slot-blocked`,
 * `slot-past`, `slot-too-soon`, `slot-too-far`, `not-found`, `forbidden`, `idempotency-key-reused`.
 */
export async function book(
  context: Context,
  actor: Actor,
  practice: Practice,
  service: Service.MedicalService,
  patientId: string,
  input: NewAppointment,
  operation: Operation,
): Promise<Reservation> {
  requireMayBook(actor, practice, service);
  const key = Slot.slotKeyOf(input.slotId);
  const reservation: Reservation = {
    ...appointmentFrom(practice, service, key, input, { appointmentId: operation.id, patientId }),
    ...clinicalOf(input),
    status: "confirmed",
    localDate: localDateOf(key.start, practice.timezone),
    createdAt: context.now(),
  };
  return takeFree(context, { actor, practice, key, operation }, reservation, {
    claim: claimOf(reservation),
    writes: () => [
      insert(reservation, operation),
      Outbox.tell(context, actor, {
        organizationId: practice.organizationId,
        about: idFrom("reservation", operation.id),
        events: ["reservation/created"],
        data: bookedFields(practice, reservation),
      }),
    ],
    first: () => find(context, operation.id),
  });
}
