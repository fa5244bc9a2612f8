import { describe, expect, test } from "vitest";
import type { Interval } from "../../platform/index.ts";
import { Generation, type Service } from "../../scheduling/index.ts";
import {
  aPractice,
  ask,
  book,
  doctorOf,
  factsOf,
  join,
  known,
  meter,
  offer,
  offerSlot,
  once,
  openDaily,
  patientOf,
  slotAt,
  testContext,
} from "../../testing/index.ts";
import { Request, Reservation, Waitlist } from "../index.ts";

// Tuesday in Mexico City, where tests begin on Monday at 09:00.
const TUESDAY = "2026-03-03";
const NINE = "2026-03-03T15:00:00.000Z";
const TWENTY_PAST = "2026-03-03T15:20:00.000Z";
const TWENTY_TO = "2026-03-03T15:40:00.000Z";
const TEN = "2026-03-03T16:00:00.000Z";

/** Visits of an hour and checks of 20 minutes, in the same hours; somebody has the visit at 09:00. */
const given = async (checks: Partial<Service.NewService> = {}) => {
  const context = await testContext();
  const practice = aPractice(context);
  const visits = await offer(context, practice, { duration: 60, approval: "instant" });
  const check = await offer(context, practice, { name: "Control", approval: "instant", ...checks });
  await openDaily(context, practice);
  await Generation.generate(context, practice, { from: TUESDAY, to: TUESDAY });
  const doctor = doctorOf(practice);
  const { reservationId } = await book(context, practice, visits, NINE, { wish: { patientName: "Noé Paz" } });
  const cancel = () => Reservation.cancel(context, doctor, { reservationId, operation: once(context) });
  const wait = async (service: Service.MedicalService, patientName: string, wish = {}) => {
    context.pass({ seconds: 1 });
    return (await join(context, practice, service, { wish: { patientName, ...wish } })).entryId;
  };
  /** The round of what was released last. */
  const release = async (round = context.newUlid()) => {
    const { data } = (await factsOf(context, "slot/released")).at(-1)!;
    const freed = { start: data.freedFrom, end: data.freedUntil } as Interval;
    return Waitlist.offerNext(context, practice, {
      ...{ slotId: data.slotId as string, freed, round, awaited: [] },
      quietUntil: async () => undefined,
    });
  };
  const offered = async (entryId: string) => (await Waitlist.get(context, entryId)).offer?.start;
  const decline = async (entryId: string) => {
    const entry = await Waitlist.get(context, entryId);
    const answer = { offerId: Waitlist.offerIdOf(entry, entry.offer!.start), operation: once(context) };
    await Waitlist.decline(context, patientOf(practice, entryId), answer);
  };
  return { context, practice, visits, check, doctor, cancel, wait, release, offered, decline };
};

describe("time of one service that is given up", () => {
  test("is offered to who waits for another one, over the same minutes", async () => {
    const { check, cancel, wait, release, offered } = await given();
    const lucia = await wait(check, "Lucía");
    await cancel();
    expect(await release()).toMatchObject({ outcome: "offered", leavesRoom: false });
    expect(await offered(lucia)).toBe(NINE);
  });

  test("goes to the first in line over all services, and to one person at a time", async () => {
    const { visits, check, cancel, wait, release, offered, decline } = await given();
    const first = await wait(visits, "Lucía");
    const second = await wait(check, "Mateo");
    const urgent = await wait(check, "Olga", { urgencyLevel: "urgent" });
    await cancel();
    expect(await release("a")).toMatchObject({ outcome: "offered", leavesRoom: true });
    expect(await offered(urgent)).toBe(NINE);
    // An hour has no room beside her check, another check has.
    await release("b");
    expect([await offered(first), await offered(second)]).toEqual([undefined, TWENTY_PAST]);
    await decline(second);
    await decline(urgent);
    await release("c");
    expect(await offered(first)).toBe(NINE);
    expect(await release("d")).toEqual({ outcome: "not-free" });
  });

  test("is offered from its start on, and then what begins before it", async () => {
    const { context, practice, visits, check, doctor, cancel, wait, release, offered } = await given({
      duration: 25,
    });
    await cancel();
    const { reservationId } = await book(context, practice, visits, TEN, {
      wish: { patientName: "Eva Luz" },
    });
    const names = ["Ana", "Beto", "Caro", "Dora"];
    const entries: string[] = [];
    for (const name of names) entries.push(await wait(check, name));
    await Reservation.cancel(context, doctor, { reservationId, operation: once(context) });
    const outcomes = [];
    for (const round of names) outcomes.push((await release(round)).outcome);
    expect(outcomes).toEqual(["offered", "offered", "offered", "not-free"]);
    // In Mexico City 10:15, 10:40 and 09:50.
    const starts = ["2026-03-03T16:15:00.000Z", "2026-03-03T16:40:00.000Z", "2026-03-03T15:50:00.000Z"];
    expect(await Promise.all(entries.map(offered))).toEqual([...starts, undefined]);
  });

  test("of a visit that took longer than its service is offered to its end", async () => {
    const { context, practice, visits, check, doctor, wait, release, offered } = await given();
    const { requestId } = await ask(context, practice, visits, TEN, { wish: { patientName: "Eva Luz" } });
    const changes = { durationChange: 60 };
    await Request.approve(context, doctor, known(practice), { requestId, changes, operation: once(context) });
    const wish = { times: [{ startTime: "11:00", endTime: "12:00" }] };
    const lucia = await wait(check, "Lucía", wish);
    const reservationId = requestId.replace("req_", "res_");
    await Reservation.cancel(context, doctor, { reservationId, operation: once(context) });
    expect(await release()).toMatchObject({ outcome: "offered" });
    expect(await offered(lucia)).toBe("2026-03-03T17:00:00.000Z");
  });

  test("of which only the slot is told is as long as the service is now", async () => {
    const { context, practice, visits, check, cancel, wait, offered } = await given();
    const lucia = await wait(check, "Lucía", { times: [{ startTime: "09:40", endTime: "10:00" }] });
    await cancel();
    await offerSlot(context, practice, visits, NINE);
    expect(await offered(lucia)).toBe(TWENTY_TO);
  });

  test("asks nothing but who waits, when nobody does", async () => {
    const { context, cancel, release } = await given();
    await cancel();
    const { data } = (await factsOf(context, "slot/released")).at(-1)!;
    expect(data).toMatchObject({ freedFrom: NINE, freedUntil: TEN });
    const used = meter(context);
    expect(await release()).toEqual({ outcome: "nobody" });
    // One query, and the test's own look at what was told.
    expect(used.take().roundTrips).toBe(2);
  });
});

test("rounds of two services at once offer no minute twice, every time", async () => {
  const { context, practice, visits, check, cancel, wait, offered } = await given();
  await cancel();
  for (let round = 0; round < 10; round++) {
    const lucia = await wait(visits, "Lucía");
    const mateo = await wait(check, "Mateo");
    await Promise.all([
      offerSlot(context, practice, visits, NINE),
      offerSlot(context, practice, check, NINE),
    ]);
    const starts = [await offered(lucia), await offered(mateo)];
    expect(starts.filter((start) => start !== undefined)).toHaveLength(1);
    for (const entryId of [lucia, mateo]) {
      await Waitlist.leave(context, patientOf(practice, entryId), entryId);
    }
  }
});

test("a round that is asked for again answers with the offer that it made, and whether it leaves room", async () => {
  const { check, cancel, wait, release, offered } = await given();
  await wait(check, "Lucía");
  const mateo = await wait(check, "Mateo");
  await cancel();
  const made = await release("r");
  expect(made).toMatchObject({ outcome: "offered", leavesRoom: true });
  expect(await release("r")).toEqual(made);
  expect(await offered(mateo)).toBeUndefined();
});

describe("a slot that is booked while the next in line is looked for", () => {
  const round = ({ context, practice, check, visits }: Awaited<ReturnType<typeof given>>) =>
    Waitlist.offerNext(context, practice, {
      ...{ slotId: slotAt(practice, visits, NINE), round: "r", awaited: [] },
      async quietUntil() {
        await book(context, practice, check, NINE, { wish: { patientName: "Sol Gil" } });
        return undefined;
      },
    });

  test("leaves them the next one over the time", async () => {
    const scene = await given();
    const lucia = await scene.wait(scene.check, "Lucía");
    await scene.cancel();
    expect(await round(scene)).toMatchObject({ outcome: "offered" });
    expect(await scene.offered(lucia)).toBe(TWENTY_PAST);
  });

  test("leaves nothing to who waits for all of it", async () => {
    const scene = await given();
    await scene.wait(scene.visits, "Lucía");
    await scene.cancel();
    expect(await round(scene)).toEqual({ outcome: "not-free" });
  });
});
