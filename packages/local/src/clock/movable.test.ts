import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openMovableClock, systemClock } from "./index.ts";

const MINUTE = 60_000;
const NINE = Date.parse("2026-03-02T09:00:00Z");
const TEN = Date.parse("2026-03-02T10:00:00Z");

function stateFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "turno-clock-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function realTimeFrom(instant: number) {
  let at = instant;
  return {
    now: () => at,
    pass: (ms: number) => {
      at += ms;
    },
  };
}

test("a clock that was never moved shows the real time and leaves no file", () => {
  const folder = stateFolder();
  expect(openMovableClock(folder, realTimeFrom(NINE)).now()).toBe(NINE);
  expect(existsSync(join(folder, "clock.json"))).toBe(false);
});

test("a moved clock goes on from where it was moved to", () => {
  const real = realTimeFrom(NINE);
  const clock = openMovableClock(stateFolder(), real);
  clock.moveTo(TEN);
  expect(clock.now()).toBe(TEN);
  real.pass(MINUTE);
  expect(clock.now()).toBe(TEN + MINUTE);
});

test("a clock does not go back", () => {
  const clock = openMovableClock(stateFolder(), realTimeFrom(NINE));
  clock.moveTo(TEN);
  clock.moveTo(NINE);
  expect(clock.now()).toBe(TEN);
});

test("a restart keeps the offset, and the real time that passed meanwhile counts", () => {
  const folder = stateFolder();
  const real = realTimeFrom(NINE);
  openMovableClock(folder, real).moveTo(TEN);
  real.pass(5 * MINUTE);
  expect(openMovableClock(folder, real).now()).toBe(TEN + 5 * MINUTE);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])(
  "%s is refused as a moment, and nothing moves",
  (instant) => {
    const clock = openMovableClock(stateFolder(), realTimeFrom(NINE));
    expect(() => clock.moveTo(instant)).toThrow(RangeError);
    expect(clock.now()).toBe(NINE);
  },
);

test("a file without an offset is refused rather than read as zero", () => {
  const folder = stateFolder();
  writeFileSync(join(folder, "clock.json"), "{}");
  expect(() => openMovableClock(folder)).toThrow(/does not hold the offset/);
});

test("the system clock shows the time of this machine", () => {
  const before = Date.now();
  expect(systemClock.now()).toBeGreaterThanOrEqual(before);
});
