import { describe, expect, test } from "vitest";
import { localStamp, type Practice } from "../platform/index.ts";
import { Generation, Listing, type Service } from "../scheduling/index.ts";
import {
  aPractice,
  ask,
  book,
  doctorOf,
  freeTimes,
  known,
  offer,
  once,
  openDaily,
  outcomesOf,
  testContext,
} from "../testing/index.ts";
import { Request, Reservation } from "./index.ts";

/** A service of an hour, every day from `startTime` to `endTime`, with the slots of `dates` made. */
const given = async (
  timezone: string,
  now: string,
  [startTime, endTime]: [string, string],
  dates: { from: string; to: string },
  service: Partial<Service.NewService> = {},
) => {
  const context = await testContext({ now });
  const practice = aPractice(context, { timezone, horizonDays: 365, noticeMinutes: 0 });
  const offered = await offer(context, practice, { duration: 60, ...service });
  await openDaily(context, practice, { startTime, endTime });
  const generated = await Generation.generate(context, practice, dates);
  return { context, practice, service: offered, generated, doctor: doctorOf(practice) };
};

const bookedAt = async (
  context: Awaited<ReturnType<typeof testContext>>,
  practice: Practice,
  service: Service.MedicalService,
  start: string,
) => {
  const { requestId } = await ask(context, practice, service, start);
  const operation = once(context);
  const { reservationId } = await Request.approve(context, doctorOf(practice), known(practice), {
    requestId,
    operation,
  });
  return Reservation.view(context, doctorOf(practice), reservationId);
};

describe("09:00 is 09:00 before and after the clock changes", () => {
  test.each([
    // Madrid, Saturday and Sunday around 29 March 2026: winter time, then summer time.
    [
      "Europe/Madrid",
      "2026-03-02T09:00:00.000Z",
      [
        ["2026-03-28", "2026-03-28T08:00:00.000Z", "2026-03-28T09:00:00+01:00"],
        ["2026-03-29", "2026-03-29T07:00:00.000Z", "2026-03-29T09:00:00+02:00"],
      ],
    ],
    // And around 25 October.
    [
      "Europe/Madrid",
      "2026-10-02T09:00:00.000Z",
      [
        ["2026-10-24", "2026-10-24T07:00:00.000Z", "2026-10-24T09:00:00+02:00"],
        ["2026-10-25", "2026-10-25T08:00:00.000Z", "2026-10-25T09:00:00+01:00"],
      ],
    ],
    // New York, 8 March and 1 November.
    [
      "America/New_York",
      "2026-03-02T09:00:00.000Z",
      [
        ["2026-03-07", "2026-03-07T14:00:00.000Z", "2026-03-07T09:00:00-05:00"],
        ["2026-03-08", "2026-03-08T13:00:00.000Z", "2026-03-08T09:00:00-04:00"],
      ],
    ],
    [
      "America/New_York",
      "2026-10-02T09:00:00.000Z",
      [
        ["2026-10-31", "2026-10-31T13:00:00.000Z", "2026-10-31T09:00:00-04:00"],
        ["2026-11-01", "2026-11-01T14:00:00.000Z", "2026-11-01T09:00:00-05:00"],
      ],
    ],
    // Mexico City has no changes any more; before 2022 it had one on 5 April.
    [
      "America/Mexico_City",
      "2026-03-02T09:00:00.000Z",
      [
        ["2026-04-04", "2026-04-04T15:00:00.000Z", "2026-04-04T09:00:00-06:00"],
        ["2026-04-05", "2026-04-05T15:00:00.000Z", "2026-04-05T09:00:00-06:00"],
      ],
    ],
  ] as const)("in %s from %s", async (zone, now, days) => {
    const dates = { from: days[0][0], to: days[1][0] };
    const { context, practice, service, doctor } = await given(zone, now, ["09:00", "10:00"], dates);
    for (const [date, start, local] of days) {
      expect(await freeTimes(context, practice, date)).toEqual(["09:00"]);
      expect(await bookedAt(context, practice, service, start)).toMatchObject({ appointmentTime: start });
      expect(localStamp(start, zone)).toBe(local);
      expect(await freeTimes(context, practice, date)).toEqual([]);
      expect(await Reservation.agenda(context, doctor, practice, { from: date, to: date })).toHaveLength(1);
    }
    expect(await Generation.generate(context, practice, dates)).toEqual({
      created: 0,
      kept: 2,
      removed: 0,
      conflicts: [],
    });
  });
});

test("an hour that is skipped is not offered, and one that occurs twice is offered once", async () => {
  // New York, 8 March 2026: after 01:59 comes 03:00.
  const spring = await given("America/New_York", "2026-03-02T09:00:00.000Z", ["00:00", "05:00"], {
    from: "2026-03-08",
    to: "2026-03-08",
  });
  expect(await freeTimes(spring.context, spring.practice, "2026-03-08")).toEqual([
    "00:00",
    "01:00",
    "03:00",
    "04:00",
  ]);
  // 1 November: 01:00 to 02:00 comes twice.
  const autumn = await given("America/New_York", "2026-10-26T09:00:00.000Z", ["00:00", "04:00"], {
    from: "2026-11-01",
    to: "2026-11-01",
  });
  const { items } = await Listing.list(autumn.context, autumn.practice, {
    from: "2026-11-01T00:00:00.000Z",
    to: "2026-11-02T12:00:00.000Z",
    limit: 100,
  });
  expect(items.map(({ localStartTime }) => localStartTime)).toEqual([
    "2026-11-01T00:00:00-04:00",
    "2026-11-01T01:00:00-04:00",
    "2026-11-01T02:00:00-05:00",
    "2026-11-01T03:00:00-05:00",
  ]);
});

test("a long visit over the doubled hour takes that time twice, so that nothing overlaps it", async () => {
  // New York, 1 November 2026: two hours from 00:30 end at 01:30 standard time, which comes second.
  const { context, practice, service } = await given(
    "America/New_York",
    "2026-10-26T09:00:00.000Z",
    ["00:30", "04:30"],
    { from: "2026-11-01", to: "2026-11-01" },
    { duration: 120 },
  );
  const other = await offer(context, practice, { duration: 30 });
  await Generation.generate(context, practice, { from: "2026-11-01", to: "2026-11-01" });
  expect(await bookedAt(context, practice, service, "2026-11-01T04:30:00.000Z")).toMatchObject({
    appointmentEndTime: "2026-11-01T06:30:00.000Z",
  });
  expect(await freeTimes(context, practice, "2026-11-01", { serviceId: other.serviceId })).toEqual([
    "02:00",
    "02:30",
    "03:00",
    "03:30",
    "04:00",
  ]);
});

test("a day until 24:00 is booked to its end, where midnight is skipped as well", async () => {
  // Havana, 7 March 2026: after 23:59 comes 01:00 of the 8th.
  const { context, practice, service } = await given(
    "America/Havana",
    "2026-03-02T09:00:00.000Z",
    ["22:00", "24:00"],
    { from: "2026-03-07", to: "2026-03-08" },
  );
  expect(await freeTimes(context, practice, "2026-03-07")).toEqual(["22:00", "23:00"]);
  expect(await bookedAt(context, practice, service, "2026-03-08T04:00:00.000Z")).toMatchObject({
    appointmentEndTime: "2026-03-08T05:00:00.000Z",
  });
  expect(await freeTimes(context, practice, "2026-03-08")).toEqual(["22:00", "23:00"]);
});

test("a leap day and the ends of the world are days like others", async () => {
  const days = [
    ["America/Mexico_City", "2028-02-20T09:00:00.000Z", "2028-02-29", "2028-02-29T15:00:00.000Z"],
    ["Pacific/Kiritimati", "2026-03-01T00:00:00.000Z", "2026-03-03", "2026-03-02T19:00:00.000Z"],
    ["Pacific/Pago_Pago", "2026-03-01T00:00:00.000Z", "2026-03-03", "2026-03-03T20:00:00.000Z"],
  ] as const;
  for (const [zone, now, date, start] of days) {
    const { context, practice, service, doctor } = await given(zone, now, ["09:00", "10:00"], {
      from: date,
      to: date,
    });
    expect(await freeTimes(context, practice, date)).toEqual(["09:00"]);
    await bookedAt(context, practice, service, start);
    expect(await Reservation.agenda(context, doctor, practice, { from: date, to: date })).toHaveLength(1);
  }
});

describe("a doctor who moves from Mexico City to Madrid", () => {
  const MOVE = { from: "2026-03-03", to: "2026-03-04" };

  const moved = async () => {
    const scene = await given("America/Mexico_City", "2026-03-02T15:00:00.000Z", ["09:00", "12:00"], MOVE);
    const { context, practice, service } = scene;
    // Tuesday 09:00 in Mexico City, which is 16:00 in Madrid.
    const reservation = await book(context, practice, service, "2026-03-03T15:00:00.000Z");
    const away = { ...practice, timezone: "Europe/Madrid" };
    return { ...scene, away, reservation, regenerated: await Generation.generate(context, away, MOVE) };
  };

  test("keeps booked visits at their instants, and is told that the hours have no room for them", async () => {
    const { context, reservation, regenerated, doctor } = await moved();
    expect(regenerated.conflicts).toEqual([
      { slotId: reservation.slotId, startTime: "2026-03-03T15:00:00.000Z" },
    ]);
    expect(await Reservation.view(context, doctor, reservation.reservationId)).toMatchObject({
      status: "confirmed",
      appointmentTime: "2026-03-03T15:00:00.000Z",
    });
  });

  test("offers 09:00 of the new place and nothing of the old", async () => {
    const { context, away } = await moved();
    expect(await freeTimes(context, away, "2026-03-03")).toEqual(["09:00", "10:00", "11:00"]);
    expect(await freeTimes(context, away, "2026-03-04")).toEqual(["09:00", "10:00", "11:00"]);
  });

  test("is never booked twice at one time", async () => {
    const { context, away, service, reservation } = await moved();
    // Hours in Madrid that would meet the old visit: 15:30 to 17:30 there.
    await openDaily(context, away, { startTime: "15:30", endTime: "17:30" });
    await Generation.generate(context, away, MOVE);
    expect(await freeTimes(context, away, "2026-03-03")).toEqual(["09:00", "10:00", "11:00"]);
    const starts = ["2026-03-03T14:30:00.000Z", "2026-03-03T15:30:00.000Z", reservation.appointmentTime];
    expect(await outcomesOf(starts.map((start) => book(context, away, service, start)))).toEqual([
      "slot-taken",
      "slot-taken",
      "slot-taken",
    ]);
  });
});
