import { expect, test } from "vitest";
import { type Changes, changesBetween, grainsOf, isFree } from "./ledger.ts";

const occupied = (owner: string, start: string, end: string) => ({
  owner,
  interval: { start: `2026-03-03T${start}:00.000Z`, end: `2026-03-03T${end}:00.000Z` },
});

const asText = (changes: Changes): string[] =>
  [...changes].flatMap(([hour, grains]) =>
    [...grains].map(([name, { from = "-", to = "-" }]) => `${hour.slice(11)} ${name} ${from}>${to}`),
  );

test("taking time names each of its five minutes, over the hour", () => {
  expect(asText(changesBetween(undefined, occupied("A", "15:50", "16:10")))).toEqual([
    "15 g10 ->A",
    "15 g11 ->A",
    "16 g0 ->A",
    "16 g1 ->A",
  ]);
});

test("giving time back asks for its owner", () => {
  expect(asText(changesBetween(occupied("A", "15:00", "15:10"), undefined))).toEqual([
    "15 g0 A>-",
    "15 g1 A>-",
  ]);
});

test("moving by ten minutes passes on what both have, in one change of the hour", () => {
  const changes = changesBetween(occupied("A", "15:00", "15:20"), occupied("B", "15:10", "15:30"));
  expect(asText(changes)).toEqual([
    "15 g0 A>-",
    "15 g1 A>-",
    "15 g2 A>B",
    "15 g3 A>B",
    "15 g4 ->B",
    "15 g5 ->B",
  ]);
});

test("time that ends where other time begins shares no grain with it", () => {
  const first = new Set(grainsOf(occupied("A", "15:00", "15:20").interval));
  const second = [...grainsOf(occupied("B", "15:20", "15:40").interval)];
  expect(second.some((grain) => first.has(grain))).toBe(false);
});

test("time is free but for others", () => {
  const [grain] = grainsOf(occupied("A", "15:10", "15:15").interval);
  const occupancy = new Map([[grain!, "A"]]);
  const free = (start: string, end: string, mine = "B") =>
    isFree(occupancy, occupied("", start, end).interval, (owner) => owner === mine);
  expect(free("15:00", "15:10")).toBe(true);
  expect(free("15:15", "15:20")).toBe(true);
  expect(free("15:00", "15:15")).toBe(false);
  expect(free("15:00", "15:15", "A")).toBe(true);
});
