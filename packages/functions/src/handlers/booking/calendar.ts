import type { Reservation } from "@turno/core/booking";
import type { Instant, Practice } from "@turno/core/platform";
import ical, { ICalCalendarMethod, ICalEventStatus } from "ical-generator";

/**
 * A visit as iCalendar (RFC 5545), to be kept in the patient's own calendar.
 *
 * Says what, when and where, and nothing of why: calendars are shared with others.
 */
export function calendarOf(
  reservation: Reservation.ReservationView,
  { clinicName, clinicAddress, doctorName }: Practice,
  now: Instant,
): string {
  const isOn = reservation.status === "confirmed" || reservation.status === "completed";
  const calendar = ical({
    prodId: { company: "turno", product: "appointments" },
    method: isOn ? ICalCalendarMethod.PUBLISH : ICalCalendarMethod.CANCEL,
  });
  calendar.createEvent({
    id: `${reservation.reservationId}@turno`,
    stamp: now,
    start: reservation.appointmentTime,
    end: reservation.appointmentEndTime,
    summary: `${reservation.serviceName}, ${clinicName}`,
    description: doctorName,
    location: `${clinicName}, ${clinicAddress}`,
    status: isOn ? ICalEventStatus.CONFIRMED : ICalEventStatus.CANCELLED,
    sequence: isOn ? 0 : 1,
  });
  return calendar.toString();
}
