import { Request, Reservation, Waitlist } from "@turno/core/booking";
import { Patient } from "@turno/core/identity";
import type { Context, Instant } from "@turno/core/platform";
import type { Desk } from "../desk.ts";
import { events } from "../events.ts";

/** Opens a record for whoever asked, was booked or waits, unless the clinic has one. */
export const patientRegistration = ({ inngest, context }: Desk) =>
  inngest.createFunction(
    {
      id: "patient-registration",
      triggers: [
        events["reservation/request-created"],
        events["reservation/created"],
        events["appointment/created"],
        events["waitlist/joined"],
      ],
    },
    async ({ event, step }) => {
      const { data } = event;
      if ("entryId" in data) return step.run("recognise", () => recogniseWaiting(context, data.entryId));
      const id = "requestId" in data ? data.requestId : data.reservationId;
      return step.run("recognise", () => recognise(context, id));
    },
  );

async function recognise(context: Context, id: string) {
  const booked = id.startsWith("req_") ? await Request.get(context, id) : await Reservation.get(context, id);
  return openRecord(context, booked, booked.createdAt);
}

async function recogniseWaiting(context: Context, entryId: string) {
  const entry = await Waitlist.get(context, entryId);
  return openRecord(context, entry, entry.joinedAt);
}

async function openRecord(
  context: Context,
  person: Request.Request | Reservation.Reservation | Waitlist.Entry,
  at: Instant,
) {
  const { organizationId, patientId, patientName, patientPhone, patientEmail, language } = person;
  await Patient.recognise(context, {
    ...{ organizationId, patientId, patientName, patientPhone, language },
    ...(patientEmail && { patientEmail }),
    at,
  });
  return { patientId };
}
