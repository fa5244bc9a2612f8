import { expect, test } from "vitest";
import { anOpenDay, ask, book, doctorOf, known, once, patientOf, testContext } from "../../testing/index.ts";
import { Request, Reservation, Timeline } from "../index.ts";

// Tuesday, 3 March 2026, in Mexico City: 09:00 is 15:00 UTC.
const at = (wallTime: string) => new Date(Date.parse(`2026-03-03T${wallTime}:00-06:00`)).toISOString();

test("a patient has before them what is confirmed or undecided, the nearest first", async () => {
  const context = await testContext();
  const { practice, service } = await anOpenDay(context, "2026-03-03");
  const { organizationId } = practice;
  const doctor = doctorOf(practice);
  const pending = await ask(context, practice, service, at("11:00"));
  const approved = await ask(context, practice, service, at("10:00"));
  await Request.approve(context, doctor, known(practice), {
    requestId: approved.requestId,
    operation: once(context),
  });
  const booked = await book(context, practice, service, at("09:00"));
  const cancelled = await book(context, practice, service, at("12:00"));
  await Reservation.cancel(context, doctor, {
    reservationId: cancelled.reservationId,
    operation: once(context),
  });
  const withdrawn = await ask(context, practice, service, at("12:00"));
  await Request.cancel(context, patientOf(practice, withdrawn.requestId), {
    requestId: withdrawn.requestId,
    operation: once(context),
  });
  const child = await book(context, practice, service, at("09:20"), {
    wish: { patientName: "Mateo Ramírez" },
  });

  const ids = async (...patientIds: string[]) =>
    (await Timeline.upcoming(context, organizationId, patientIds)).map(({ id }) => id);
  const reservationId = approved.requestId.replace("req_", "res_");
  expect(await ids(booked.patientId)).toEqual([booked.reservationId, reservationId, pending.requestId]);
  expect(await ids(booked.patientId, child.patientId)).toEqual([
    booked.reservationId,
    child.reservationId,
    reservationId,
    pending.requestId,
  ]);
  expect(await ids()).toEqual([]);
  // The first visit begins, and nobody has decided within a day, whether or not anything has run.
  context.at(at("09:00"));
  expect(await ids(booked.patientId)).toEqual([reservationId]);
});
