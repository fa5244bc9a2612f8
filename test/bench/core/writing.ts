import type { Appointment } from "@turno/core/booking";
import type { Practice } from "@turno/core/platform";

/** How much people write: rows grow with it, and a row is paid by the kilobyte. */
export interface Writing {
  readonly practice: Partial<Practice>;
  readonly serviceName: string;
  readonly wish: Partial<Appointment.NewAppointment>;
}

/** Without an address, and with a short complaint. */
export const brief: Writing = { practice: {}, serviceName: "Consulta breve", wish: {} };

/** With the longest names of the demo clinic, four names and an address of the patient, and two sentences. */
export const demo: Writing = {
  practice: {
    doctorName: "Lic. Sofía Mendes",
    clinicName: "Clínica Roma",
    clinicAddress: "Calle Colima 100, Roma Norte, Ciudad de México",
  },
  serviceName: "Consulta de seguimiento",
  wish: {
    patientName: "María Guadalupe Fernández Rodríguez",
    patientEmail: "maria.guadalupe.fernandez@example.org",
    chiefComplaint:
      "Dolor de cabeza desde hace tres días, más fuerte por la mañana. Paracetamol no lo quita.",
  },
};

const filled = (length: number): string => "abcdefghij".repeat(Math.ceil(length / 10)).slice(0, length);

/** As long as the API takes every field of a request, in letters of one byte. */
export const full: Writing = {
  practice: { doctorName: filled(120), clinicName: filled(120), clinicAddress: filled(200) },
  serviceName: filled(120),
  wish: {
    patientName: filled(120),
    patientEmail: `${"a".repeat(60)}@${"b".repeat(60)}.${"c".repeat(60)}.org`,
    chiefComplaint: filled(500),
    symptoms: filled(1000),
    medicalHistory: filled(2000),
    currentMedications: filled(1000),
    allergies: filled(500),
  },
};
