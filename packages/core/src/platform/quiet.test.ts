import { describe, expect, test } from "vitest";
import { QuietHours, quietUntil } from "./quiet.ts";

const night = { from: "21:00", to: "08:00" };
const siesta = { from: "14:00", to: "16:00" };

describe("the quiet of a night", () => {
  const until = (now: string) => quietUntil(now, "America/Mexico_City", night);

  // Mexico City is six hours behind UTC.
  test.each([
    ["begins on the minute", "2026-03-03T03:00:00.000Z", "2026-03-03T14:00:00.000Z"],
    ["holds before midnight", "2026-03-03T05:59:00.000Z", "2026-03-03T14:00:00.000Z"],
    ["holds after midnight", "2026-03-03T06:01:00.000Z", "2026-03-03T14:00:00.000Z"],
    ["holds to its last moment", "2026-03-03T13:59:59.999Z", "2026-03-03T14:00:00.000Z"],
    ["is over on the minute", "2026-03-03T14:00:00.000Z", undefined],
    ["has not begun a moment before", "2026-03-03T02:59:59.999Z", undefined],
  ])("%s", (_, now, end) => {
    expect(until(now)).toBe(end);
  });
});

test("quiet within a day ends on that day", () => {
  const until = (now: string) => quietUntil(now, "America/Mexico_City", siesta);
  expect(until("2026-03-02T20:30:00.000Z")).toBe("2026-03-02T22:00:00.000Z");
  expect(until("2026-03-02T22:00:00.000Z")).toBeUndefined();
  expect(until("2026-03-02T19:59:00.000Z")).toBeUndefined();
});

test("quiet may end with the day", () => {
  const until = quietUntil("2026-03-03T05:00:00.000Z", "America/Mexico_City", { from: "22:00", to: "24:00" });
  expect(until).toBe("2026-03-03T06:00:00.000Z");
});

describe("where the clock changes", () => {
  // Madrid: 02:00 becomes 03:00 on 29 March 2026, and 03:00 becomes 02:00 on 25 October.
  const until = (now: string, hours = night) => quietUntil(now, "Europe/Madrid", hours);

  test("the night is an hour shorter, or longer, and ends by the wall clock", () => {
    expect(until("2026-03-28T20:00:00.000Z")).toBe("2026-03-29T06:00:00.000Z");
    expect(until("2026-03-29T05:59:00.000Z")).toBe("2026-03-29T06:00:00.000Z");
    expect(until("2026-10-24T19:00:00.000Z")).toBe("2026-10-25T07:00:00.000Z");
    expect(until("2026-10-25T06:30:00.000Z")).toBe("2026-10-25T07:00:00.000Z");
  });

  test("quiet that would end in the skipped hour ends with the change", () => {
    const early = { from: "21:00", to: "02:30" };
    expect(until("2026-03-29T00:59:00.000Z", early)).toBe("2026-03-29T01:00:00.000Z");
    expect(until("2026-03-29T01:00:00.000Z", early)).toBeUndefined();
  });

  test("quiet that would begin in the skipped hour begins with the change", () => {
    const late = { from: "02:30", to: "08:00" };
    expect(until("2026-03-29T00:59:59.000Z", late)).toBeUndefined();
    expect(until("2026-03-29T01:00:00.000Z", late)).toBe("2026-03-29T06:00:00.000Z");
  });

  test("quiet that ends in the hour that comes twice ends in the first, and does not come back", () => {
    const early = { from: "21:00", to: "02:30" };
    expect(until("2026-10-25T00:29:00.000Z", early)).toBe("2026-10-25T00:30:00.000Z");
    expect(until("2026-10-25T01:15:00.000Z", early)).toBeUndefined();
  });
});

describe("two kinds of quiet hours", () => {
  const until = (now: string, ...hours: QuietHours[]) => quietUntil(now, "America/Mexico_City", ...hours);
  const morning = { from: "07:30", to: "10:00" };

  test("are one when the second begins before the first ends, in any order", () => {
    expect(until("2026-03-03T05:00:00.000Z", night, morning)).toBe("2026-03-03T16:00:00.000Z");
    expect(until("2026-03-03T05:00:00.000Z", morning, night)).toBe("2026-03-03T16:00:00.000Z");
  });

  test("that leave no hour of the day keep nothing back forever: the first holds alone", () => {
    const day = { from: "08:00", to: "21:00" };
    expect(until("2026-03-03T05:00:00.000Z", night, day)).toBe("2026-03-03T14:00:00.000Z");
    expect(until("2026-03-03T05:00:00.000Z", day, night)).toBeUndefined();
  });
});

test("quiet hours that are a whole day, or no wall time, are none", () => {
  for (const hours of [
    { from: "09:00", to: "09:00" },
    { from: "00:00", to: "24:00" },
    { from: "9", to: "10:00" },
  ]) {
    expect(QuietHours.safeParse(hours).success).toBe(false);
  }
  expect(QuietHours.safeParse(night).success).toBe(true);
});
