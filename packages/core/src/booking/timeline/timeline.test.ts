import { expect, test } from "vitest";
import { Audit, idFrom, ulidIn } from "../../platform/index.ts";
import {
  anOpenDay,
  aPractice,
  ask,
  book,
  doctorOf,
  known,
  once,
  outcomesOf,
  patientOf,
  slotAt,
  testContext,
} from "../../testing/index.ts";
import { Request, Reservation, Timeline } from "../index.ts";

// Tuesday in Mexico City, from 09:00 on.
const starts = [0, 20, 40].map((minute) => `2026-03-03T15:${String(minute).padStart(2, "0")}:00.000Z`);

const given = async () => {
  const context = await testContext();
  const day = await anOpenDay(context, "2026-03-03");
  const doctor = doctorOf(day.practice);
  const timeline = async (patientId: string, limit = 50) => {
    const entries: Timeline.TimelineEntry[] = [];
    let cursor: string | undefined;
    do {
      const page = await Timeline.of(context, doctor, patientId, { limit, ...(cursor && { cursor }) });
      entries.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);
    return entries.map(({ id, status }) => `${id.slice(0, 3)} ${status}`);
  };
  return { context, ...day, doctor, timeline };
};

test("a patient's bookings are shown newest first, each as what it is now", async () => {
  const { context, practice, service, doctor, timeline } = await given();
  const asked: Request.RequestView[] = [];
  for (const start of starts) {
    asked.push(await ask(context, practice, service, start));
    context.pass({ minutes: 1 });
  }
  const [rejected, approved, pending] = asked;
  await Request.reject(context, doctor, { requestId: rejected!.requestId, operation: once(context) });
  await Request.approve(context, doctor, known(practice), {
    requestId: approved!.requestId,
    operation: once(context),
  });
  expect(await timeline(pending!.patientId)).toEqual(["res confirmed", "req pending", "req rejected"]);
  const reservationId = idFrom("reservation", ulidIn(approved!.requestId));
  context.pass({ minutes: 1 });
  await Reservation.reschedule(context, doctor, known(practice), {
    reservationId,
    slotId: slotAt(practice, service, "2026-03-03T18:00:00.000Z"),
    operation: once(context),
  });
  expect(await timeline(pending!.patientId)).toEqual([
    "res confirmed",
    "res rescheduled",
    "req pending",
    "req rejected",
  ]);
  context.at(pending!.expiresAt);
  expect(await timeline(pending!.patientId)).toContain("req expired");
});

test("an approved request is shown once, also where a page ends between it and its reservation", async () => {
  const { context, practice, service, doctor, timeline } = await given();
  let patientId = "";
  for (const start of starts) {
    const asked = await ask(context, practice, service, start);
    patientId = asked.patientId;
    context.pass({ minutes: 1 });
    await Request.approve(context, doctor, known(practice), {
      requestId: asked.requestId,
      operation: once(context),
    });
    context.pass({ minutes: 1 });
  }
  for (const limit of [1, 2, 3, 50]) {
    expect(await timeline(patientId, limit)).toEqual(["res confirmed", "res confirmed", "res confirmed"]);
  }
});

test("a clinic sees what a patient has with it, and nothing of other clinics", async () => {
  const { context, practice, service, doctor } = await given();
  const { patientId, reservationId } = await book(context, practice, service, starts[0]!);
  const stranger = doctorOf(aPractice(context));
  expect(await Timeline.of(context, stranger, patientId, { limit: 10 })).toEqual({ items: [] });
  expect(
    await outcomesOf(
      [patientOf(practice, reservationId), { kind: "public" as const }].map((actor) =>
        Timeline.of(context, actor, patientId, { limit: 10 }),
      ),
    ),
  ).toEqual(["forbidden", "forbidden"]);
  await Timeline.of(context, doctor, patientId, { limit: 10 });
  expect(await Audit.trail(context, practice.organizationId, patientId)).toMatchObject([
    { action: "read/timeline", by: doctor.memberId },
  ]);
});
