import { expect, test } from "vitest";
import { Request, Reservation } from "../../booking/index.ts";
import { Generation } from "../../scheduling/index.ts";
import {
  ask,
  book,
  doctorOf,
  known,
  offer,
  once,
  openDaily,
  openPractice,
  rowsOf,
  slotAt,
  testContext,
} from "../../testing/index.ts";
import { between, fillRateOf, rollUp } from "./index.ts";

// Tuesday, 3 March 2026, in Mexico City: hours are 09:00 to 13:00, a visit is 20 minutes.
const at = (time: string) => `2026-03-03T${time}:00.000Z`;

const given = async () => {
  const context = await testContext();
  const practice = await openPractice(context);
  const service = await offer(context, practice);
  // Shares the hours: what it offers is no more time to book.
  await offer(context, practice, { name: "Control", duration: 30 });
  await openDaily(context, practice);
  await Generation.generate(context, practice, { from: "2026-03-03", to: "2026-03-04" });
  const doctor = doctorOf(practice);
  const visit = (time: string) => book(context, practice, service, at(time));
  return { context, practice, service, doctor, visit };
};

test("a day is counted from its agenda, exactly and as often as one likes", async () => {
  const { context, practice, service, doctor, visit } = await given();
  const { organizationId, profileId } = practice;
  const [done, missed, cancelled, moved] = [
    await visit("15:00"),
    await visit("15:20"),
    await visit("15:40"),
    await visit("16:00"),
  ];
  const { requestId } = await ask(context, practice, service, at("18:00"));
  await Reservation.cancel(context, doctor, {
    reservationId: cancelled.reservationId,
    operation: once(context),
  });
  await Reservation.reschedule(context, doctor, known(practice), {
    ...{ reservationId: moved.reservationId, slotId: slotAt(practice, service, at("17:20")) },
    operation: once(context),
  });
  context.at(at("20:00"));
  await Request.expire(context, known(practice), requestId);
  await Reservation.complete(
    context,
    doctor,
    {},
    {
      reservationId: done.reservationId,
      operation: once(context),
    },
  );
  await Reservation.noShow(context, doctor, {
    reservationId: missed.reservationId,
    operation: once(context),
  });

  await rollUp(context, organizationId);
  const [day] = await between(context, organizationId, { from: "2026-03-03", to: "2026-03-03" });
  expect(day).toEqual({
    date: "2026-03-03",
    ...{ bookings: 4, completed: 1, cancelled: 1, noShows: 1, expired: 1 },
    ...{ openMinutes: 240, bookedMinutes: 60 },
  });
  expect(fillRateOf(day!)).toBe(0.25);
  const before = await rowsOf(context, "analytics");
  await rollUp(context, organizationId, { from: "2026-03-03", to: "2026-03-03" });
  expect(await rowsOf(context, "analytics")).toEqual(before);
  const own = await between(context, organizationId, { from: "2026-03-01", to: "2026-03-31", profileId });
  expect(own).toContainEqual(day);
});
