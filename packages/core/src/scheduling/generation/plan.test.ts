import { describe, expect, test } from "vitest";
import { localStamp } from "../../platform/index.ts";
import type { AvailabilityException, AvailabilityRule } from "../availability/index.ts";
import type { MedicalService } from "../service/index.ts";
import { planDay } from "./plan.ts";

const profileId = "prf_01JDWXR3M8Q6V9T2KZB4N7HC5E";
const CONSULTATION = "svc_01JDWXR3M8Q6V9T2KZB4N7HC5A";
const WORKSHOP = "svc_01JDWXR3M8Q6V9T2KZB4N7HC5B";

const service = (changes: Partial<MedicalService> = {}): MedicalService => ({
  serviceId: CONSULTATION,
  profileId,
  organizationId: "org_01JDWXR3M8Q6V9T2KZB4N7HC5E",
  name: "Consulta",
  category: "general",
  duration: 30,
  price: 60_000,
  currency: "MXN",
  bufferBefore: 0,
  bufferAfter: 0,
  approval: "required",
  capacity: 1,
  active: true,
  version: 1,
  ...changes,
});

/** Hours on every day of the week. */
const hours = (startTime: string, endTime: string, changes: Partial<AvailabilityRule> = {}) =>
  [0, 1, 2, 3, 4, 5, 6].map(
    (dayOfWeek): AvailabilityRule => ({
      ruleId: `rul_01JDWXR3M8Q6V9T2KZB4N7HC5${dayOfWeek}`,
      profileId,
      version: 1,
      startTime,
      endTime,
      ...changes,
      dayOfWeek,
    }),
  );

const exception = (date: string, ...windows: [string, string][]): AvailabilityException => ({
  exceptionId: "exc_01JDWXR3M8Q6V9T2KZB4N7HC5E",
  profileId,
  date,
  windows: windows.map(([startTime, endTime]) => ({ startTime, endTime })),
});

interface Given {
  zone?: string;
  exceptions?: AvailabilityException[];
  services?: MedicalService[];
}

const plan = (date: string, rules: AvailabilityRule[], given: Given = {}) =>
  planDay(
    date,
    given.zone ?? "America/Mexico_City",
    rules,
    given.exceptions ?? [],
    given.services ?? [service()],
  );

/** What the wall clock shows when each slot begins. */
const starts = (date: string, rules: AvailabilityRule[], given: Given = {}) =>
  plan(date, rules, given).map(({ start }) => localStamp(start, given.zone ?? "America/Mexico_City"));

const timesOf = (stamps: string[]) => stamps.map((stamp) => stamp.slice(11, 16));

describe("over a change of the clock", () => {
  test.each([
    ["Europe/Madrid", "2026-03-28", "2026-03-29", ["2026-03-28T08:00:00.000Z", "2026-03-29T07:00:00.000Z"]],
    ["Europe/Madrid", "2026-10-24", "2026-10-25", ["2026-10-24T07:00:00.000Z", "2026-10-25T08:00:00.000Z"]],
    [
      "America/New_York",
      "2026-03-07",
      "2026-03-08",
      ["2026-03-07T14:00:00.000Z", "2026-03-08T13:00:00.000Z"],
    ],
    [
      "America/New_York",
      "2026-10-31",
      "2026-11-01",
      ["2026-10-31T13:00:00.000Z", "2026-11-01T14:00:00.000Z"],
    ],
    [
      "America/Mexico_City",
      "2026-04-04",
      "2026-04-05",
      ["2026-04-04T15:00:00.000Z", "2026-04-05T15:00:00.000Z"],
    ],
    [
      "Pacific/Kiritimati",
      "2026-03-03",
      "2026-03-04",
      ["2026-03-02T19:00:00.000Z", "2026-03-03T19:00:00.000Z"],
    ],
    [
      "Pacific/Pago_Pago",
      "2026-03-03",
      "2026-03-04",
      ["2026-03-03T20:00:00.000Z", "2026-03-04T20:00:00.000Z"],
    ],
  ])("%s: a 09:00 rule is 09:00 on %s and on %s", (zone, before, after, instants) => {
    const rules = hours("09:00", "09:30");
    const planned = [before, after].flatMap((date) => plan(date, rules, { zone }));
    expect(planned.map(({ start }) => start)).toEqual(instants);
    expect(timesOf(planned.map(({ start }) => localStamp(start, zone)))).toEqual(["09:00", "09:00"]);
  });

  test("times that are skipped make no slot", () => {
    // Madrid, 29 March 2026: 02:00 becomes 03:00.
    expect(starts("2026-03-29", hours("01:00", "04:00"), { zone: "Europe/Madrid" })).toEqual([
      "2026-03-29T01:00:00+01:00",
      "2026-03-29T01:30:00+01:00",
      "2026-03-29T03:00:00+02:00",
      "2026-03-29T03:30:00+02:00",
    ]);
    // Lord Howe, 4 October 2026: 02:00 becomes 02:30.
    expect(starts("2026-10-04", hours("01:30", "03:30"), { zone: "Australia/Lord_Howe" })).toEqual([
      "2026-10-04T01:30:00+10:30",
      "2026-10-04T02:30:00+11:00",
      "2026-10-04T03:00:00+11:00",
    ]);
  });

  test("times that occur twice make one slot", () => {
    // New York, 1 November 2026: 02:00 becomes 01:00.
    expect(starts("2026-11-01", hours("00:30", "03:00"), { zone: "America/New_York" })).toEqual([
      "2026-11-01T00:30:00-04:00",
      "2026-11-01T01:00:00-04:00",
      "2026-11-01T01:30:00-04:00",
      "2026-11-01T02:00:00-05:00",
      "2026-11-01T02:30:00-05:00",
    ]);
    // Lord Howe, 5 April 2026: 02:00 becomes 01:30.
    expect(starts("2026-04-05", hours("01:00", "02:30"), { zone: "Australia/Lord_Howe" })).toEqual([
      "2026-04-05T01:00:00+11:00",
      "2026-04-05T01:30:00+11:00",
      "2026-04-05T02:00:00+10:30",
    ]);
  });

  test("slots of one service in one window do not run into each other, whole hours being moved", () => {
    for (const zone of ["Europe/Madrid", "America/New_York", "America/Havana", "Africa/Cairo"]) {
      for (const date of [
        "2026-03-08",
        "2026-03-29",
        "2026-04-24",
        "2026-10-25",
        "2026-10-29",
        "2026-11-01",
      ]) {
        const planned = plan(date, hours("00:00", "24:00"), { zone, services: [service({ duration: 60 })] });
        for (const [index, slot] of planned.slice(1).entries()) {
          expect(slot.start >= planned[index]!.end, `${zone} ${slot.start}`).toBe(true);
        }
      }
    }
  });

  test("a window that ends in skipped time ends with the change, and one that begins in it goes on in its steps", () => {
    const zone = "Europe/Madrid";
    expect(timesOf(starts("2026-03-29", hours("01:00", "02:30"), { zone }))).toEqual(["01:00", "01:30"]);
    expect(timesOf(starts("2026-03-29", hours("02:15", "04:00"), { zone }))).toEqual(["03:15"]);
    expect(timesOf(starts("2026-03-29", hours("02:00", "03:00"), { zone }))).toEqual([]);
  });
});

describe("at midnight", () => {
  test("a window until 24:00 fills the last half hour", () => {
    expect(timesOf(starts("2026-03-03", hours("23:00", "24:00")))).toEqual(["23:00", "23:30"]);
    expect(plan("2026-03-03", hours("23:00", "24:00")).at(-1)?.end).toBe("2026-03-04T06:00:00.000Z");
  });

  test("a window until 24:00 ends where midnight is skipped", () => {
    // Havana, 8 March 2026: after 23:59:59 of the 7th comes 01:00.
    const zone = "America/Havana";
    expect(plan("2026-03-07", hours("23:00", "24:00"), { zone }).map(({ end }) => end)).toEqual([
      "2026-03-08T04:30:00.000Z",
      "2026-03-08T05:00:00.000Z",
    ]);
    expect(timesOf(starts("2026-03-08", hours("00:00", "02:00"), { zone }))).toEqual(["01:00", "01:30"]);
  });

  test("a window until 24:00 takes the last hour once where it occurs twice", () => {
    // Cairo, 29 October 2026: 24:00 becomes 23:00.
    const zone = "Africa/Cairo";
    expect(starts("2026-10-29", hours("23:00", "24:00"), { zone })).toEqual([
      "2026-10-29T23:00:00+03:00",
      "2026-10-29T23:30:00+03:00",
    ]);
  });

  test("a slot does not reach over the end of its day", () => {
    expect(
      timesOf(starts("2026-03-03", hours("22:00", "24:00"), { services: [service({ duration: 45 })] })),
    ).toEqual(["22:00", "22:45"]);
  });
});

describe("the hours of a date", () => {
  test("are those of its weekday, also on a leap day", () => {
    const tuesdays = hours("09:00", "10:00").filter(({ dayOfWeek }) => dayOfWeek === 2);
    expect(starts("2028-02-29", tuesdays)).toEqual([
      "2028-02-29T09:00:00-06:00",
      "2028-02-29T09:30:00-06:00",
    ]);
    expect(starts("2028-03-01", tuesdays)).toEqual([]);
  });

  test("count from the first to the last day on which they hold", () => {
    const rules = hours("09:00", "09:30", { effectiveFrom: "2026-03-03", effectiveUntil: "2026-03-04" });
    const open = ["2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05"].filter(
      (date) => plan(date, rules).length > 0,
    );
    expect(open).toEqual(["2026-03-03", "2026-03-04"]);
  });

  test("are none where an exception closes the date, whatever else is said of it", () => {
    const exceptions = [exception("2026-03-03", ["16:00", "17:00"]), exception("2026-03-03")];
    expect(starts("2026-03-03", hours("09:00", "10:00"), { exceptions })).toEqual([]);
    expect(timesOf(starts("2026-03-04", hours("09:00", "10:00"), { exceptions }))).toEqual([
      "09:00",
      "09:30",
    ]);
  });

  test("are those of the exception where it gives others", () => {
    const exceptions = [exception("2026-03-03", ["16:00", "16:30"], ["18:00", "18:30"])];
    expect(timesOf(starts("2026-03-03", hours("09:00", "10:00"), { exceptions }))).toEqual([
      "16:00",
      "18:00",
    ]);
  });

  test("of two rules make a slot that both call for once", () => {
    const rules = [...hours("09:00", "10:00"), ...hours("09:30", "10:30")];
    expect(timesOf(starts("2026-03-03", rules))).toEqual(["09:00", "09:30", "10:00"]);
  });
});

describe("the slots of a window", () => {
  const date = "2026-03-03";

  test("follow each other by the length of the service and fit before the end", () => {
    expect(plan(date, hours("09:00", "10:10"), { services: [service({ duration: 20 })] })).toEqual([
      {
        serviceId: CONSULTATION,
        start: "2026-03-03T15:00:00.000Z",
        end: "2026-03-03T15:20:00.000Z",
        capacity: 1,
      },
      {
        serviceId: CONSULTATION,
        start: "2026-03-03T15:20:00.000Z",
        end: "2026-03-03T15:40:00.000Z",
        capacity: 1,
      },
      {
        serviceId: CONSULTATION,
        start: "2026-03-03T15:40:00.000Z",
        end: "2026-03-03T16:00:00.000Z",
        capacity: 1,
      },
    ]);
  });

  test("follow each other by slotDuration and bufferTime where a rule has them", () => {
    const services = [service({ duration: 20 })];
    const rules = hours("09:00", "10:00", { slotDuration: 15 });
    expect(timesOf(starts(date, rules, { services }))).toEqual(["09:00", "09:15", "09:30"]);
    const spaced = hours("09:00", "10:00", { bufferTime: 10 });
    expect(timesOf(starts(date, spaced, { services }))).toEqual(["09:00", "09:30"]);
    const both = hours("09:00", "10:00", { slotDuration: 25, bufferTime: 5 });
    expect(timesOf(starts(date, both, { services }))).toEqual(["09:00", "09:30"]);
  });

  test("are those of each service, overlapping", () => {
    const services = [service(), service({ serviceId: WORKSHOP, duration: 45 })];
    expect(plan(date, hours("09:00", "10:00"), { services }).map(({ serviceId }) => serviceId)).toEqual([
      CONSULTATION,
      WORKSHOP,
      CONSULTATION,
    ]);
    const only = hours("09:00", "10:00", { serviceIds: [WORKSHOP] });
    expect(plan(date, only, { services }).map(({ serviceId }) => serviceId)).toEqual([WORKSHOP]);
  });

  test("take as many as the service, or fewer where the hours say so", () => {
    const group = [service({ capacity: 20 })];
    const capacities = (rules: AvailabilityRule[], services: MedicalService[]) =>
      new Set(plan(date, rules, { services }).map(({ capacity }) => capacity));
    expect(capacities(hours("09:00", "10:00"), group)).toEqual(new Set([20]));
    expect(capacities(hours("09:00", "10:00", { maxAppointmentsPerSlot: 8 }), group)).toEqual(new Set([8]));
    expect(capacities(hours("09:00", "10:00", { maxAppointmentsPerSlot: 8 }), [service()])).toEqual(
      new Set([1]),
    );
  });
});
