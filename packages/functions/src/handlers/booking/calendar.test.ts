import { expect, it } from "vitest";
import { calendarOf } from "./calendar.ts";

const reservation = {
  reservationId: "res_01J",
  status: "confirmed",
  appointmentTime: "2026-03-03T18:40:00.000Z",
  appointmentEndTime: "2026-03-03T19:00:00.000Z",
  serviceName: "Consulta; primera vez",
} as Parameters<typeof calendarOf>[0];

const practice = {
  clinicName: "Clínica Roma",
  clinicAddress: "Calle Colima 100, entre Orizaba y Jalapa, Ciudad de México, CDMX, México",
  doctorName: "Dra. Ana Torres",
} as Parameters<typeof calendarOf>[1];

const text = calendarOf(reservation, practice, "2026-03-02T15:00:00.000Z");

it("escapes what means something in a calendar", () => {
  expect(text).toContain("SUMMARY:Consulta\\; primera vez\\, Clínica Roma\r\n");
});

it("folds lines of more than 75 bytes between characters", () => {
  const lines = text.split("\r\n");
  expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
  expect(text.replaceAll("\r\n ", "")).toContain(
    "LOCATION:Clínica Roma\\, Calle Colima 100\\, entre Orizaba y Jalapa\\, Ciudad de México\\, CDMX\\, México",
  );
});

it("ends every line as RFC 5545 says", () => {
  expect(text.endsWith("END:VCALENDAR\r\n")).toBe(true);
  expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
});
