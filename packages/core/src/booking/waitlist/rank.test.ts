import { describe, expect, test } from "vitest";
import { aPractice, testContext } from "../../testing/index.ts";
import { offeredUntil, rank, wishesFor } from "./rank.ts";
import type { Entry } from "./waitlist.ts";

const ZONE = "America/Mexico_City";
const NOW = "2026-03-02T15:00:00.000Z";
// Tuesday, 3 March 2026, 09:00 in Mexico City.
const START = "2026-03-03T15:00:00.000Z";

const waiting = (name: string, changes: Partial<Entry> = {}): Entry =>
  ({
    ...{ appointmentId: name, serviceId: SERVICE },
    urgencyLevel: "normal",
    joinedAt: "2026-03-01T12:00:00.000Z",
    ...{ from: "2026-03-01", to: "2026-03-08", until: "2026-03-09T06:00:00.000Z" },
    status: "waiting",
    ...changes,
  }) as Entry;

const SERVICE = "svc_1";
const OTHER = "svc_2";

const rankFor = (entries: Entry[], times = [{ serviceId: SERVICE, start: START }]) =>
  rank(entries, { times, zone: ZONE }, NOW).map((asked) => ({
    name: asked.entry.appointmentId,
    starts: asked.times.map(({ start }) => start),
  }));

const order = (...entries: Entry[]) => rankFor(entries).map(({ name }) => name);

describe("the order", () => {
  test("is by urgency first", () => {
    const levels = ["low", "urgent", "normal", "high"] as const;
    const entries = levels.map((urgencyLevel) => waiting(urgencyLevel, { urgencyLevel }));
    expect(order(...entries)).toEqual(["urgent", "high", "normal", "low"]);
  });

  test("is then by who has waited longest", () => {
    const late = waiting("late", { joinedAt: "2026-03-01T12:00:01.000Z" });
    expect(order(late, waiting("early"))).toEqual(["early", "late"]);
  });

  test("is the same each time for those who came at one moment", () => {
    expect(order(waiting("b"), waiting("a"))).toEqual(["a", "b"]);
  });
});

describe("for several times", () => {
  const LATER = "2026-03-03T15:20:00.000Z";
  const times = [
    { serviceId: SERVICE, start: START },
    { serviceId: OTHER, start: START },
    { serviceId: OTHER, start: LATER },
  ];

  test("the order is one, over all services, and each is asked for those of their own", () => {
    const entries = [
      waiting("low", { urgencyLevel: "low" }),
      waiting("late", { joinedAt: "2026-03-01T12:00:01.000Z" }),
      waiting("other", { serviceId: OTHER }),
    ];
    expect(rankFor(entries, times)).toEqual([
      { name: "other", starts: [START, LATER] },
      { name: "late", starts: [START] },
      { name: "low", starts: [START] },
    ]);
  });

  test("whoever was asked for one of them, or does not wish for it, is asked for the others", () => {
    const from = { serviceId: OTHER, times: [{ startTime: "09:10", endTime: "10:00" }] };
    const entries = [waiting("a", { serviceId: OTHER, seen: [START] }), waiting("b", from)];
    expect(rankFor(entries, times)).toEqual([
      { name: "a", starts: [LATER] },
      { name: "b", starts: [LATER] },
    ]);
  });

  test("nobody is asked who waits for a service that has none of them", () => {
    expect(rankFor([waiting("they", { serviceId: "svc_3" })], times)).toEqual([]);
  });
});

const offer = (expiresAt: string) => ({ start: "2026-03-04T15:00:00.000Z", expiresAt }) as Entry["offer"];

describe("nobody is asked", () => {
  test.each<[string, Partial<Entry>]>([
    ["who has left", { status: "left" }],
    ["who is booked", { status: "booked" }],
    ["who has lapsed", { status: "lapsed" }],
    ["whose last day has gone by, though no job has run", { until: "2026-03-02T06:00:00.000Z" }],
    ["who was asked for this time before", { seen: [START] }],
    ["who is being asked for another", { status: "offered", offer: offer("2026-03-02T15:00:00.001Z") }],
  ])("%s", (_, changes) => {
    expect(order(waiting("they", changes))).toEqual([]);
  });

  test("except again, when an offer of another time has ended and nothing has cleared it", () => {
    expect(order(waiting("they", { status: "offered", offer: offer(NOW), seen: [] }))).toEqual(["they"]);
  });
});

describe("a wish", () => {
  const any = { from: "2026-01-01", to: "2026-12-31" };
  const times = (startTime: string, endTime: string) => ({ ...any, times: [{ startTime, endTime }] });

  test.each<[string, boolean, Parameters<typeof wishesFor>[0], string?]>([
    ["on its first day", true, { ...any, from: "2026-03-03" }],
    ["on its last day", true, { ...any, to: "2026-03-03" }],
    ["before its first day", false, { ...any, from: "2026-03-04" }],
    ["after its last day", false, { ...any, to: "2026-03-02" }],
    ["on one of its weekdays", true, { ...any, weekdays: [2, 4] }],
    ["on another weekday", false, { ...any, weekdays: [1, 3] }],
    ["when its hours begin", true, times("09:00", "12:00")],
    ["when its hours end", false, times("08:00", "09:00")],
    ["at the end of the day", true, times("18:00", "24:00"), "2026-03-04T05:55:00.000Z"],
    [
      "on a day that has begun in UTC and not there",
      true,
      { ...any, to: "2026-03-03" },
      "2026-03-04T05:59:00.000Z",
    ],
    ["on a day that has begun there", false, { ...any, to: "2026-03-03" }, "2026-03-04T06:00:00.000Z"],
  ])("is for a time %s: %s", (_, fits, wish, start = START) => {
    expect(wishesFor(wish, start, ZONE)).toBe(fits);
  });

  test("is for one of several hours", () => {
    const two = [
      { startTime: "07:00", endTime: "08:00" },
      { startTime: "09:00", endTime: "10:00" },
    ];
    expect(wishesFor({ ...any, times: two }, START, ZONE)).toBe(true);
  });

  // New York is at UTC-5 until Sunday, 8 March 2026, 02:00, and then at UTC-4 until 1 November, 02:00.
  test.each<[string, string, boolean]>([
    ["before the clock moves forward", "2026-03-07T14:00:00.000Z", true],
    ["after it has, an hour sooner", "2026-03-09T13:00:00.000Z", true],
    ["at what was 09:00 and is 10:00", "2026-03-09T14:00:00.000Z", false],
  ])("means the wall clock: 09:00 %s", (_, start, fits) => {
    expect(wishesFor(times("09:00", "10:00"), start, "America/New_York")).toBe(fits);
  });

  test.each(["2026-11-01T05:30:00.000Z", "2026-11-01T06:30:00.000Z"])(
    "for 01:30 is for both of them where it comes twice, %s",
    (start) => {
      expect(wishesFor(times("01:00", "02:00"), start, "America/New_York")).toBe(true);
    },
  );

  test("for 02:30 is for no time on the day on which there is none", () => {
    expect(wishesFor(times("02:00", "03:00"), "2026-03-08T07:00:00.000Z", "America/New_York")).toBe(false);
  });
});

describe("an offer that begins at 14:00", () => {
  const from = "2026-03-03T14:00:00.000Z";

  test.each<[string, number, number, string | undefined]>([
    ["is for the clinic's minutes", 30, 0, "2026-03-03T14:30:00.000Z"],
    ["leaves the notice that a visit needs", 60, 40, "2026-03-03T14:20:00.000Z"],
    ["is made of ten minutes", 30, 50, "2026-03-03T14:10:00.000Z"],
    ["is not made of less", 30, 51, undefined],
    ["is made of less where the clinic gives less", 5, 55, "2026-03-03T14:05:00.000Z"],
  ])("for a visit at 15:00 %s", async (_, offerMinutes, noticeMinutes, until) => {
    const practice = aPractice(await testContext(), { noticeMinutes });
    const policy = { ...practice.policy, offerMinutes };
    expect(offeredUntil({ ...practice, policy }, START, from)).toBe(until);
  });
});
