import type { Order } from "./order.ts";

export const appointmentId = "01KJQWXR3M8Q6V9T2KZB4N7HC5";

type Reminder = Order<"appointment_reminder_24h">;

/** A reminder to a patient in Mexico City of a visit on Tuesday, 3 March 2026, at 09:00. */
export const anOrder = (changes: Partial<Reminder> = {}): Reminder => ({
  organizationId: "org_01KJQWXR3M8Q6V9T2KZB4N7HC5",
  profileId: "prf_01KJQWXR3M8Q6V9T2KZB4N7HC5",
  appointmentId,
  patientId: "pat_01KJQWXR3M8Q6V9T2KZB4N7HC5",
  recipient: "patient",
  about: `res_${appointmentId}`,
  occasion: "24h",
  template: "appointment_reminder_24h",
  language: "es",
  zone: "America/Mexico_City",
  addresses: { phone: "+525512345678" },
  quietHours: { from: "21:00", to: "08:00" },
  messaging: { whatsapp: { provider: "meta", sender: "+525550000000" } },
  variables: {
    patientName: "Ana Torres",
    serviceName: "Fisioterapia",
    doctorName: "Dra. Luna",
    appointmentTime: "2026-03-03T15:00:00.000Z",
    clinicName: "Clínica Sol",
    link: "https://turno.test/a/1",
  },
  ...changes,
});
