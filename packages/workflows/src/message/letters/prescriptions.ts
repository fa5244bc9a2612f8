import { Prescription, Reservation } from "@turno/core/booking";
import { type Instant, idFrom } from "@turno/core/platform";
import { visitOf } from "../visit.ts";
import { toPatient, type Writer } from "./letter.ts";

/** About a prescription, by its id. */
export const prescriptions = {
  medication_reminder: async ({ context }, prescriptionId, occasion) => {
    const prescription = await Prescription.get(context, prescriptionId);
    const dose = doseOf(occasion);
    const now = context.now();
    const [due] = Prescription.dosesAt(prescription, now, { from: dose, limit: 1 });
    if (due !== dose || !Prescription.isTimely(dose, now)) return undefined;
    const { appointmentId, timezone, medicationName, dosage, instructions } = prescription;
    const visit = await visitOf(
      context,
      await Reservation.get(context, idFrom("reservation", appointmentId)),
    );
    const letter = toPatient(visit, "medication_reminder", {
      patientName: visit.appointment.patientName,
      medication: medicationName,
      ...{ dosage, instructions, doseTime: dose },
      clinicName: visit.practice.clinicName,
      clinicPhone: visit.practice.clinicPhone,
    });
    // A dose is taken where the patient is.
    return { ...letter, zone: timezone, nameZone: timezone !== visit.clinicZone };
  },
} satisfies { readonly [Name in "medication_reminder"]: Writer<Name> };

/** The step in which a reminder is sent names its dose. */
const doseOf = (occasion: string): Instant =>
  occasion.slice(occasion.indexOf(":remind-") + ":remind-".length);
