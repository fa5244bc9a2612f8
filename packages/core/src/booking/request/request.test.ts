import { expect, test } from "vitest";
import { anOpenDay, ask, doctorOf, known, once, patientOf, testContext } from "../../testing/index.ts";
import { Request, Reservation } from "../index.ts";

// Tuesday, 09:00 in Mexico City.
const NINE = "2026-03-03T15:00:00.000Z";

const given = async (service = {}) => {
  const context = await testContext();
  return { context, ...(await anOpenDay(context, "2026-03-03", service)) };
};

test("a pending request holds its slot", async () => {
  const { context, practice, service } = await given();
  await ask(context, practice, service, NINE);
  await expect(ask(context, practice, service, NINE)).rejects.toMatchObject({ type: "slot-taken" });
});

test("an approved request becomes a reservation at the held time", async () => {
  const { context, practice, service } = await given();
  const { requestId } = await ask(context, practice, service, NINE);
  const doctor = doctorOf(practice);
  const { reservationId } = await Request.approve(context, doctor, known(practice), {
    requestId,
    operation: once(context),
  });
  expect(await Reservation.view(context, doctor, reservationId)).toMatchObject({
    status: "confirmed",
    appointmentTime: NINE,
    price: 60_000,
  });
  expect(await Request.view(context, doctor, requestId)).toMatchObject({ status: "approved", reservationId });
});

test("a rejected request frees its slot at once", async () => {
  const { context, practice, service } = await given();
  const { requestId } = await ask(context, practice, service, NINE);
  await Request.reject(context, doctorOf(practice), {
    requestId,
    reason: "de viaje",
    operation: once(context),
  });
  await expect(ask(context, practice, service, NINE)).resolves.toMatchObject({ status: "pending" });
});

test("a hold that has ended is free although no job has run", async () => {
  const { context, practice, service } = await given();
  const brief = { ...practice, policy: { ...practice.policy, holdMinutes: 60 } };
  const first = await ask(context, brief, service, NINE);
  context.at(first.expiresAt);
  const second = await ask(context, brief, service, NINE);
  expect(second.status).toBe("pending");
  expect(await Request.view(context, doctorOf(practice), first.requestId)).toMatchObject({
    status: "expired",
  });
});

test("a patient cancels their own request through its link", async () => {
  const { context, practice, service } = await given();
  const { requestId } = await ask(context, practice, service, NINE);
  await Request.cancel(context, patientOf(practice, requestId), { requestId, operation: once(context) });
  await expect(ask(context, practice, service, NINE)).resolves.toMatchObject({ status: "pending" });
});
