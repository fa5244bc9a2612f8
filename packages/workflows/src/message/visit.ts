import type { Appointment } from "@turno/core/booking";
import { Organization, Profile } from "@turno/core/identity";
import type { Context, Practice } from "@turno/core/platform";
import { Service } from "@turno/core/scheduling";

/** An appointment with what its messages say of where it takes place. */
export interface Visit<A extends Appointment.Appointment = Appointment.Appointment> {
  readonly appointment: A;
  readonly practice: Practice;
  /** Counted by the clinic's days. */
  readonly clinicZone: string;
}

export async function visitOf<A extends Appointment.Appointment>(
  context: Context,
  appointment: A,
): Promise<Visit<A>> {
  const practice = await Profile.practice(context, appointment.profileId);
  const { timezone: clinicZone } = await Organization.get(context, appointment.organizationId);
  return { appointment, practice, clinicZone };
}

/** How the patient prepares, where the service says so. */
export async function preparationFor(
  context: Context,
  { profileId, serviceId }: Appointment.Appointment,
): Promise<string | undefined> {
  return (await Service.get(context, profileId, serviceId)).requirements;
}

/** The variables that nearly every message to a patient has. */
export const details = ({ appointment, practice }: Visit) => ({
  patientName: appointment.patientName,
  serviceName: appointment.serviceName,
  doctorName: practice.doctorName,
  appointmentTime: appointment.start,
  clinicName: practice.clinicName,
});

/** The variables that nearly every message to a doctor has. */
export const detailsForDoctor = ({ appointment, practice }: Visit) => ({
  doctorName: practice.doctorName,
  patientName: appointment.patientName,
  serviceName: appointment.serviceName,
  appointmentTime: appointment.start,
});
