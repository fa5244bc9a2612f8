import { expect, test } from "vitest";
import { send } from "../stage/http.ts";
import { aPatient, dayOf, openDemoClinic } from "./demo.ts";

const clinic = await openDemoClinic();
const { machine, url } = clinic;

/** Asks a route of this machine. */
async function local(route: string, body: object) {
  const [method, path] = route.split(" ") as [string, string];
  const headers = { "content-type": "application/json" };
  const { status, text } = await send(`${url}${path}`, { method, headers, body: JSON.stringify(body) });
  return { status, body: JSON.parse(text) as Record<string, unknown> };
}

const moments = () => machine.advanceTo(machine.clock.now() + 600_000);

test.each([
  ["", undefined],
  [", also when the provider fails at first", "fault"],
  [", also when the provider does it and says that it failed", "half-done"],
] as const)(
  "a deposit is asked for, paid on its page, and goes back when the clinic cancels%s",
  async (_, answer) => {
    const disturb = () => answer && machine.payments.fail({ times: 1, answer });
    expect((await local("PUT /_local/payments", { depositPercent: 25 })).status).toBe(200);
    const patient = aPatient();
    const { slotId, serviceId } = (await dayOf(clinic, "ana", "seguimiento"))[0]!;
    disturb();
    const booked = await clinic.anybody.createRequest({ body: { slotId, serviceId, ...patient } });
    await clinic.settled();
    await moments();
    const reservationId = "reservationId" in booked ? booked.reservationId : "";

    const [taken] = machine.payments.taken();
    expect(taken).toMatchObject({ reference: reservationId, amount: 20_000, status: "open" });
    const desk = await clinic.as("admin");
    const deposit = async () => (await desk.getReservation({ params: { reservationId } })).deposit;
    expect(await deposit()).toMatchObject({ status: "requested", url: taken!.url });
    await fetch(taken!.url, { method: "POST", redirect: "manual" });
    await moments();
    expect(await deposit()).toMatchObject({ status: "paid", amount: 20_000 });

    disturb();
    await desk.cancelReservation({ params: { reservationId }, body: { reason: "Enfermedad" } });
    await clinic.settled();
    await moments();
    await moments();
    expect(await deposit()).toMatchObject({ status: "refunded", refundAmount: 20_000 });
    expect(machine.payments.taken()[0]!.refunds).toMatchObject([{ amount: 20_000, status: "succeeded" }]);
    const told = machine.providers.messages({ to: patient.patientPhone }).map(({ template }) => template);
    expect(told.sort()).toEqual([
      "appointment_cancelled",
      "appointment_confirmed",
      "deposit_received",
      "deposit_request",
      "refund_sent",
    ]);
    await local("PUT /_local/payments", { depositPercent: 0 });
  },
);
