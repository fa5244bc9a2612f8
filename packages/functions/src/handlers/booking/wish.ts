import type { Appointment } from "@turno/core/booking";
import { Link, Patient, Profile } from "@turno/core/identity";
import {
  type Actor,
  type Context,
  type Instant,
  Invalid,
  type Practice,
  requireStaff,
} from "@turno/core/platform";
import { Service, Slot } from "@turno/core/scheduling";

interface Wished {
  readonly practice: Practice;
  readonly service: Service.MedicalService;
  readonly patientId: string;
}

interface Sought {
  readonly profileId: string;
  readonly serviceId: string;
  readonly patientName: string;
  readonly patientPhone: string;
}

/**
 * What a wish for a slot is about: the practice and service behind the slot, and the patient who is meant.
 *
 * Throws {@link Invalid} for a service that the slot is not for, and as {@link sought} does.
 */
export async function wished(
  context: Context,
  actor: Actor,
  { slotId, serviceId, patientName, patientPhone }: Appointment.NewAppointment,
): Promise<Wished> {
  const slot = Slot.slotKeyOf(slotId);
  const found = await sought(context, actor, { ...slot, patientName, patientPhone });
  if (serviceId !== slot.serviceId) throw new Invalid("/serviceId", "is not the service of this slot");
  return found;
}

/**
 * The practice and service that are wished for, and the patient who is meant.
 *
 * The tenant follows from the profile; staff of another get `not-found`, as does anybody for a profile that is not
 * published. Throws {@link Invalid} for a service that is not offered any more.
 */
export async function sought(
  context: Context,
  actor: Actor,
  { profileId, serviceId, patientName, patientPhone }: Sought,
): Promise<Wished> {
  if (actor.kind === "public") await Profile.published(context, profileId);
  const practice = await Profile.practice(context, profileId);
  if (actor.kind === "staff") requireStaff(actor, practice.organizationId, "profile", profileId);
  const service = await Service.get(context, profileId, serviceId);
  if (!service.active) throw new Invalid("/serviceId", "is not offered any more");
  const patientId = Patient.idOf(context, practice.organizationId, patientName, patientPhone);
  return { practice, service, patientId };
}

/** The token that opens this appointment for its patient. */
export const linkTo = (
  context: Context,
  {
    organizationId,
    appointmentId,
    end,
  }: { readonly organizationId: string; readonly appointmentId: string; readonly end: Instant },
): string => Link.write(context, { organizationId, appointmentId, end });
