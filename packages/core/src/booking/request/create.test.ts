import { describe, expect, test } from "vitest";
import { Generation, Service } from "../../scheduling/index.ts";
import {
  anOpenDay,
  aPractice,
  ask,
  doctorOf,
  offer,
  once,
  openDaily,
  outcomesOf,
  rowsOf,
  slotAt,
  testContext,
  toldEvents,
} from "../../testing/index.ts";
import { Request } from "../index.ts";

// Tuesday in Mexico City; tests begin on Monday at 09:00 there.
const TUESDAY = "2026-03-03";
const NINE = "2026-03-03T15:00:00.000Z";
const TWENTY_PAST = "2026-03-03T15:20:00.000Z";

const given = async (service: Partial<Service.NewService> = {}, practice = {}) => {
  const context = await testContext();
  const day = await anOpenDay(context, TUESDAY, service, practice);
  return { context, ...day, doctor: doctorOf(day.practice) };
};

test("a request keeps what was said, what it costs and for how long it holds", async () => {
  const { context, practice, service, doctor } = await given();
  const { requestId } = await ask(context, practice, service, NINE, { wish: { allergies: "Penicilina" } });
  expect(await Request.view(context, doctor, requestId)).toMatchObject({
    status: "pending",
    slotId: slotAt(practice, service, NINE),
    patientName: "Lucía Ramírez",
    allergies: "Penicilina",
    price: 60_000,
    currency: "MXN",
    requestedTime: NINE,
    endTime: TWENTY_PAST,
    // 24 hours from Monday 09:00, which is when the slot begins.
    expiresAt: NINE,
  });
  expect((await toldEvents(context)).at(-1)).toBe("reservation/request-created");
});

test("a hold ends when its time is up, at the latest when the slot begins", async () => {
  const { context, practice, service } = await given();
  const held = async (holdMinutes: number, start: string) =>
    (await ask(context, { ...practice, policy: { ...practice.policy, holdMinutes } }, service, start))
      .expiresAt;
  expect(await held(60, NINE)).toBe("2026-03-02T16:00:00.000Z");
  expect(await held(10_080, TWENTY_PAST)).toBe(TWENTY_PAST);
});

describe("is refused", () => {
  test("for a slot that is not there", async () => {
    const { context, practice, service } = await given();
    await expect(ask(context, practice, service, "2026-03-03T15:05:00.000Z")).rejects.toMatchObject({
      type: "not-found",
    });
  });

  test("by patients inside the notice and from the horizon on, and by nobody for a time that has begun", async () => {
    const { context, practice, service, doctor } = await given({}, { noticeMinutes: 60, horizonDays: 1 });
    const asked = (by?: typeof doctor) => outcomesOf([ask(context, practice, service, NINE, { by })]);
    context.at("2026-03-02T15:00:00.000Z");
    expect(await asked()).toEqual(["slot-too-far"]);
    context.at("2026-03-03T14:00:00.001Z");
    expect(await asked()).toEqual(["slot-too-soon"]);
    context.at(NINE);
    expect(await asked()).toEqual(["slot-past"]);
    expect(await asked(doctor)).toEqual(["slot-past"]);
  });

  test("not inside the notice for staff", async () => {
    const { context, practice, service, doctor } = await given({}, { noticeMinutes: 60 });
    context.at("2026-03-03T14:59:00.000Z");
    await expect(ask(context, practice, service, NINE, { by: doctor })).resolves.toMatchObject({
      expiresAt: NINE,
    });
  });

  test("by staff of another clinic, who are not anybody", async () => {
    const { context, practice, service } = await given();
    const stranger = doctorOf(aPractice(context));
    await expect(ask(context, practice, service, NINE, { by: stranger })).rejects.toMatchObject({
      type: "not-found",
    });
  });

  test("where another service is booked at the same time", async () => {
    const context = await testContext();
    const practice = aPractice(context);
    const [brief, long] = [
      await offer(context, practice, { duration: 20 }),
      await offer(context, practice, { duration: 45, bufferAfter: 10 }),
    ];
    await openDaily(context, practice);
    await Generation.generate(context, practice, { from: TUESDAY, to: TUESDAY });
    await ask(context, practice, long, NINE);
    // 09:00 to 09:45, and ten minutes after: 09:40 is inside, 10:00 is not.
    expect(
      await outcomesOf(
        ["15:00", "15:20", "15:40", "16:00"].map((time) =>
          ask(context, practice, brief, `2026-03-03T${time}:00.000Z`),
        ),
      ),
    ).toEqual(["slot-taken", "slot-taken", "slot-taken", "done"]);
  });
});

describe("a hold that has ended", () => {
  const briefly = (practice: ReturnType<typeof aPractice>) => ({
    ...practice,
    policy: { ...practice.policy, holdMinutes: 60 },
  });

  test("gives way in passing, and is told as expired", async () => {
    const { context, practice, service, doctor } = await given();
    const first = await ask(context, briefly(practice), service, NINE);
    context.at(first.expiresAt);
    await ask(context, practice, service, NINE);
    expect((await toldEvents(context)).slice(-2)).toEqual([
      "reservation/request-expired slot/released",
      "reservation/request-created",
    ]);
    expect(await Request.view(context, doctor, first.requestId)).toMatchObject({ status: "expired" });
  });

  test("gives way also when many of them stand in the way, in every hour of a long visit", async () => {
    const context = await testContext();
    const practice = aPractice(context);
    const brief = await offer(context, practice, { duration: 20 });
    const long = await offer(context, practice, { duration: 480 });
    await openDaily(context, practice, { endTime: "17:00" });
    await Generation.generate(context, practice, { from: TUESDAY, to: TUESDAY });
    const hours = [15, 16, 17, 18, 19, 20, 21, 22];
    const asked = await Promise.all(
      hours.map((hour) => ask(context, briefly(practice), brief, `2026-03-03T${hour}:20:00.000Z`)),
    );
    context.at(asked[0]!.expiresAt);
    await expect(ask(context, practice, long, NINE)).resolves.toMatchObject({ status: "pending" });
    expect((await rowsOf(context, "request")).map(({ stage }) => stage).sort()).toEqual([
      ...hours.map(() => "expired"),
      "pending",
    ]);
  });

  test("does not give way a moment before", async () => {
    const { context, practice, service } = await given();
    const first = await ask(context, briefly(practice), service, NINE);
    context.at(first.expiresAt);
    context.pass({ seconds: -0.001 });
    await expect(ask(context, practice, service, NINE)).rejects.toMatchObject({ type: "slot-taken" });
  });
});

test("a request for a slot made before its service changed is as long and costs as much as the service now", async () => {
  const { context, practice, service, doctor } = await given();
  const changed = await Service.edit(context, doctor, service.serviceId, { duration: 30, price: 70_000 });
  expect(await ask(context, practice, changed, NINE)).toMatchObject({
    endTime: "2026-03-03T15:30:00.000Z",
    price: 70_000,
  });
  await expect(ask(context, practice, changed, TWENTY_PAST)).rejects.toMatchObject({ type: "slot-taken" });
});

test("of fifty who ask for one slot exactly one gets it", async () => {
  const { context, practice, service } = await given();
  const outcomes = await outcomesOf(
    Array.from({ length: 50 }, (_, index) =>
      ask(context, practice, service, NINE, {
        operation: once(context),
        wish: { patientName: `Paciente ${index}` },
      }),
    ),
  );
  expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === "slot-taken")).toHaveLength(49);
  expect(await rowsOf(context, "request")).toHaveLength(1);
});
