import type { Reservation } from "@turno/core/booking";
import type { Instant, Practice } from "@turno/core/platform";

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
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//turno//appointments//EN",
    `METHOD:${isOn ? "PUBLISH" : "CANCEL"}`,
    "BEGIN:VEVENT",
    `UID:${reservation.reservationId}@turno`,
    `SEQUENCE:${isOn ? 0 : 1}`,
    `DTSTAMP:${basic(now)}`,
    `DTSTART:${basic(reservation.appointmentTime)}`,
    `DTEND:${basic(reservation.appointmentEndTime)}`,
    `SUMMARY:${escaped(`${reservation.serviceName}, ${clinicName}`)}`,
    `LOCATION:${escaped(`${clinicName}, ${clinicAddress}`)}`,
    `DESCRIPTION:${escaped(doctorName)}`,
    `STATUS:${isOn ? "CONFIRMED" : "CANCELLED"}`,
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

/** `20260303T184000Z` */
const basic = (instant: Instant): string => new Date(instant).toISOString().replace(/[-:]|\.\d{3}/g, "");

const escaped = (text: string): string => text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");

/** A line has at most 75 bytes and goes on behind a space; no character is cut in two. */
function folded(line: string): string {
  let bytes = 0;
  let text = "";
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (bytes + size > 75) {
      text += "\r\n ";
      bytes = 1;
    }
    text += character;
    bytes += size;
  }
  return text;
}
