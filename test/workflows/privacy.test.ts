import { Request, Reservation } from "@turno/core/booking";
import { Channel } from "@turno/core/notifications";
import { idFrom } from "@turno/core/platform";
import { ask, doctorOf, known, once, slotAt } from "@turno/core/testing";
import { expect, test } from "vitest";
import { openClinic } from "./clinic.ts";

// Friday, 6 March 2026, 09:00, 09:20 and 09:40 in Mexico City.
const NINE = "2026-03-06T15:00:00.000Z";
const TWENTY_PAST = "2026-03-06T15:20:00.000Z";
const TWENTY_TO_TEN = "2026-03-06T15:40:00.000Z";

/** Everything that a person typed or that names one, doctors included where it is their phone. */
const wish = {
  patientName: "Lucía Ramírez",
  patientPhone: "+525587654321",
  patientEmail: "lucia.ramirez@mail.example",
  chiefComplaint: "Migraña con aura",
  symptoms: "Náusea matutina",
  medicalHistory: "Hipertensión desde 2019",
  currentMedications: "Losartán",
  allergies: "Penicilina",
  urgencyLevel: "urgent",
} as const;
const said = ["Mucho trabajo ese día", "Prefiero otro médico", "Trae tus radiografías"];
const secrets = [
  ...Object.values(wish).filter((text) => text !== "urgent"),
  ...said,
  "+525511112222",
  "lnk_",
];

test("the workflow service learns of no patient, not even when steps fail", async () => {
  const clinic = await openClinic({ days: { from: "2026-03-06", to: "2026-03-06" }, trouble: "lost" });
  const { context, practice, service, engine, channel, advance } = clinic;
  const doctor = doctorOf(practice);
  const slot = (start: string) => slotAt(practice, service, start);

  const first = await ask(context, practice, service, NINE, { wish });
  await advance("2m");
  const { reservationId } = await Request.approve(context, doctor, known(practice), {
    requestId: first.requestId,
    changes: { notes: said[2] },
    operation: once(context),
  });
  await advance("2m");
  const moved = await Reservation.reschedule(context, doctor, known(practice), {
    ...{ reservationId, slotId: slot(TWENTY_TO_TEN), reason: said[0] },
    operation: once(context),
  });
  await advance("2m");
  await Reservation.cancel(context, doctor, {
    ...{ reservationId: idFrom("reservation", moved.appointmentId), reason: said[0] },
    operation: once(context),
  });
  await advance("2m");

  const second = await ask(context, practice, service, NINE, { wish });
  await advance("2m");
  await Request.reject(context, doctor, {
    ...{ requestId: second.requestId, reason: said[1] },
    operation: once(context),
  });
  const third = await ask(context, practice, service, TWENTY_PAST, { wish });
  // What a provider says in an error may repeat the message. Two messages are on their way, and of each the first
  // answer gets lost.
  for (const _ of [1, 2, 3, 4]) {
    channel.failNext(new Error(`cannot reach ${wish.patientPhone}: ${wish.patientName}`));
  }
  channel.failNext(new Channel.Undeliverable());
  await advance("2d");
  expect((await Request.get(context, third.requestId)).status).toBe("expired");

  expect(channel.messages.length).toBeGreaterThan(10);
  const kept = engine.inspect();
  expect(kept.includes(third.requestId)).toBe(true);
  expect(kept.includes("A step failed with Error.")).toBe(true);
  expect(secrets.filter((secret) => kept.includes(secret))).toEqual([]);
});
