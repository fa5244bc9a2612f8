import { expect, test } from "vitest";
import { plus } from "../platform/index.ts";
import { Generation, Slot } from "../scheduling/index.ts";
import {
  aPractice,
  ask,
  book,
  doctorOf,
  known,
  offer,
  once,
  openDaily,
  outcomesOf,
  patientOf,
  rowsOf,
  slotAt,
  testContext,
  toldEvents,
} from "../testing/index.ts";
import { Request, Reservation } from "./index.ts";

// Tuesday, 09:00 in Mexico City.
const TUESDAY = "2026-03-03";
const NINE = "2026-03-03T15:00:00.000Z";

const given = async () => {
  const context = await testContext();
  const practice = aPractice(context);
  const brief = await offer(context, practice, { duration: 20 });
  const long = await offer(context, practice, { duration: 45, bufferAfter: 10 });
  await openDaily(context, practice);
  await Generation.generate(context, practice, { from: TUESDAY, to: TUESDAY });
  return { context, practice, brief, long, doctor: doctorOf(practice) };
};

const ROUNDS = 100;

test("of approve, reject, cancel and expire at once exactly one wins, every time", async () => {
  const { context, practice, brief, doctor } = await given();
  const briefly = { ...practice, policy: { ...practice.policy, holdMinutes: 5 } };
  // Others run with clocks a moment ahead: for them the request has expired.
  const ahead = { ...context, now: () => plus(context.now(), { minutes: 5 }) };
  const wins: Record<string, number> = {};
  const before = (await toldEvents(context)).length;
  for (let round = 0; round < ROUNDS; round++) {
    const { requestId } = await ask(context, briefly, brief, NINE);
    const decide = () => ({ requestId, operation: once(context) });
    const racers: [string, () => Promise<unknown>][] = [
      ["approved", () => Request.approve(context, doctor, known(practice), decide())],
      ["rejected", () => Request.reject(context, doctor, decide())],
      ["cancelled", () => Request.cancel(context, patientOf(practice, requestId), decide())],
      ["expired", () => Request.expire(ahead, known(practice), requestId)],
    ];
    const order = racers.slice(round % 4).concat(racers.slice(0, round % 4));
    const outcomes = await outcomesOf(order.map(([, race]) => race()));
    expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === "already-decided")).toHaveLength(3);
    const [winner] = order[outcomes.indexOf("done")]!;
    wins[winner] = (wins[winner] ?? 0) + 1;
    expect((await Request.get(context, requestId)).status).toBe(winner);
    const { taken, holds } = await Slot.get(context, Slot.slotKeyOf(slotAt(practice, brief, NINE)));
    expect([taken, holds.length]).toEqual([winner === "approved" ? 1 : 0, 0]);
    if (winner !== "approved") continue;
    const reservationId = requestId.replace("req_", "res_");
    await Reservation.cancel(context, doctor, { reservationId, operation: once(context) });
  }
  expect(Object.keys(wins).length).toBeGreaterThan(1);
  // Each was asked for and decided; those that were approved were cancelled to make room.
  expect(await toldEvents(context)).toHaveLength(before + 2 * ROUNDS + (wins.approved ?? 0));
});

test("of two services at one time exactly one is booked, every time", async () => {
  const { context, practice, brief, long, doctor } = await given();
  for (let round = 0; round < 30; round++) {
    // 09:40 of the short service lies inside 09:00 to 09:45 and its buffer.
    const racers = [
      () => book(context, practice, long, NINE),
      () => book(context, practice, brief, "2026-03-03T15:40:00.000Z"),
    ];
    const order = round % 2 === 0 ? racers : racers.reverse();
    const outcomes = await outcomesOf(order.map((race) => race()));
    expect(outcomes.sort()).toEqual(["done", "slot-taken"]);
    for (const { apt, status } of await rowsOf(context, "resv")) {
      if (status !== "confirmed") continue;
      const reservationId = `res_${String(apt)}`;
      await Reservation.cancel(context, doctor, { reservationId, operation: once(context) });
    }
  }
});

test("of cancel, move, complete and no-show at once exactly one wins", async () => {
  const { context, practice, brief, doctor } = await given();
  for (let round = 0; round < 6; round++) {
    const start = plus(NINE, { minutes: 20 * round });
    const { reservationId } = await book(context, practice, brief, start);
    const begun = { ...context, now: () => start };
    const ending = () => ({ reservationId, operation: once(context) });
    const slotId = slotAt(practice, brief, plus(start, { hours: 2 }));
    const outcomes = await outcomesOf([
      Reservation.cancel(context, doctor, ending()),
      Reservation.reschedule(context, doctor, known(practice), { slotId, ...ending() }),
      Reservation.complete(begun, doctor, {}, ending()),
      Reservation.noShow(begun, doctor, ending()),
    ]);
    expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === "already-ended")).toHaveLength(3);
  }
});

test("two who would swap their times at once do not get past each other, and keep their own", async () => {
  const { context, practice, brief, doctor } = await given();
  const twenty = "2026-03-03T15:20:00.000Z";
  const [first, second] = [
    await book(context, practice, brief, NINE),
    await book(context, practice, brief, twenty),
  ];
  const move = (reservationId: string, start: string) =>
    Reservation.reschedule(context, doctor, known(practice), {
      reservationId,
      slotId: slotAt(practice, brief, start),
      operation: once(context),
    });
  expect(await outcomesOf([move(first.reservationId, twenty), move(second.reservationId, NINE)])).toEqual([
    "slot-taken",
    "slot-taken",
  ]);
});
