import { outcomeOf } from "../stage/client.ts";
import { openClinic } from "../stage/clinic.ts";
import { send } from "../stage/http.ts";
import type { OpenStage } from "../stage/open.ts";
import { failOn } from "./faults.ts";
import { people, words } from "./people.ts";

const { xochitl, teofilo, nayeli, citlali, itzel } = people;

const HOUR = 3_600_000;

/**
 * Everything that can happen to a visit, with faults of the provider and of the table on the way. Gives what the engine
 * kept when the faults had just been: later it rewrites its file without them.
 */
export async function liveThrough(stage: OpenStage): Promise<string> {
  const { api, machine } = stage;
  const clinic = await openClinic(stage, "fuga");
  const { admin } = clinic;
  const calendar = await clinic.openCalendar();
  await calendar.offer();
  // Tuesday from 13:00 in Mexico City on: more than a day ahead.
  const slots = (await calendar.slots(2)).filter(({ startTime }) => startTime >= "2040-03-06T19:00:00.000Z");
  const pass = (hours: number) => machine.advanceTo(machine.clock.now() + hours * HOUR);
  const ask = async (index: number, details: (typeof people)[keyof typeof people]) => {
    const { slotId, serviceId } = slots[index]!;
    const asked = await api().createRequest({ body: { slotId, serviceId, ...details } });
    if (asked.status !== "pending") throw new Error("this service needs approval");
    return { ...asked, params: { requestId: asked.requestId } };
  };

  // The table fails for a call, and then for steps and for what reads the outbox.
  failOn(stage, xochitl.patientName, 1);
  if ((await outcomeOf(ask(0, xochitl))) !== "internal") throw new Error("the call did not fail");
  machine.providers.fail({ times: 2, answer: "fault" });
  // What follows from it waits, so that it meets the fault.
  await stage.rest();
  const first = await ask(0, xochitl);
  const failing = failOn(stage, xochitl.patientPhone, 2);
  await pass(0.25);
  if (failing() > 0) throw new Error("no step failed");
  const kept = machine.engine!.inspect();
  machine.providers.fail({ times: 2, answer: "lost" });
  await api(first.linkToken).getRequest({ params: first.params });
  const { reservationId } = await admin.approveRequest({
    params: first.params,
    body: { changes: { notes: words.approval, priceAdjustment: -5_000 } },
  });
  await pass(0.25);
  machine.providers.fail({ times: 2, answer: "busy", retryAfterSeconds: 1 });
  const moved = await api(first.linkToken).rescheduleReservation({
    params: { reservationId },
    body: { slotId: slots[1]!.slotId, reason: words.move },
  });
  await pass(0.25);

  const refused = await ask(3, teofilo);
  await admin.rejectRequest({ params: refused.params, body: { reason: words.rejection } });
  const withdrawn = await ask(4, itzel);
  await pass(0);
  await api(withdrawn.linkToken).cancelRequest({
    params: withdrawn.params,
    body: { reason: words.withdrawal },
  });
  await ask(5, nayeli);
  const { slotId, serviceId } = slots[6]!;
  const booked = await admin.createReservation({ body: { slotId, serviceId, ...citlali } });
  await api(booked.linkToken).cancelReservation({
    params: { reservationId: booked.reservationId },
    body: { reason: words.cancel },
  });
  await wrongCalls(stage);

  // Past the reminders, the request that nobody answers, and the visit.
  await pass(32);
  const params = { reservationId: moved.reservationId };
  await admin.createNote({ params, body: { type: "clinical", text: words.note } });
  const completion = { notes: words.completion, followUpRequired: true, followUpType: "1week" } as const;
  await admin.completeReservation({ params, body: completion });
  const { prescriptionId } = await admin.createPrescription({
    params,
    body: {
      medicationName: words.medication,
      ...{ dosage: words.dosage, instructions: words.instructions },
      ...{ frequency: "cada 8 horas", duration: "7 días" },
    },
  });
  await pass(9);
  await admin.listPrescriptions({ params });
  await admin.endPrescription({ params: { prescriptionId }, body: { reason: words.ending } });
  await admin.listPatients({ query: { query: xochitl.patientPhone } });
  await admin.listPatients({ query: { query: "quetzal" } });
  await pass(0.25);
  return kept;
}

/** Calls that have a patient where no patient belongs. */
async function wrongCalls({ url }: OpenStage): Promise<void> {
  const post = (body: string) =>
    send(`${url}/v1/requests`, { method: "POST", headers: { "content-type": "application/json" }, body });
  const { patientName, patientPhone, patientEmail } = xochitl;
  await post(`{"patientName": "${patientName}", `);
  await post(JSON.stringify({ [patientPhone]: patientName, chiefComplaint: 7, patientName: [patientName] }));
  await send(`${url}/v1/requests/${encodeURIComponent(patientName)}`);
  await send(`${url}/v1/clinics/${patientPhone}?email=${patientEmail}`);
  await send(`${url}/v1/patients/by-phone/${patientPhone}`);
  await send(`${url}/v1/requests`, { headers: { authorization: `Bearer ${patientName.split(" ")[1]}` } });
}
