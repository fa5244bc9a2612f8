import { Request, Reservation } from "@turno/core/booking";
import { Patient } from "@turno/core/identity";
import type { Context } from "@turno/core/platform";
import type { Desk } from "../desk.ts";
import { events } from "../events.ts";

/** Opens a record for whoever asked or was booked, unless the clinic has one. */
export const patientRegistration = ({ inngest, context }: Desk) =>
  inngest.createFunction(
    {
      id: "patient-registration",
      triggers: [
        events["reservation/request-created"],
        events["reservation/created"],
        events["appointment/created"],
      ],
    },
    async ({ event, step }) => {
      const { data } = event;
      const id = "requestId" in data ? data.requestId : data.reservationId;
      return step.run("recognise", () => recognise(context, id));
    },
  );

async function recognise(context: Context, id: string) {
  const booked = id.startsWith("req_") ? await Request.get(context, id) : await Reservation.get(context, id);
  const { organizationId, patientId, patientName, patientPhone, patientEmail, language, createdAt } = booked;
  await Patient.recognise(context, {
    ...{ organizationId, patientId, patientName, patientPhone, language },
    ...(patientEmail && { patientEmail }),
    at: createdAt,
  });
  return { patientId };
}
