import { describe, expect, test } from "vitest";
import { sleepUntil } from "./sleep.ts";

const FROM = "2026-03-02T15:00:00.000Z";

const sleepsUntil = async (at: string) => {
  const sleeps: [string, string][] = [];
  const step = { sleepUntil: async (id: string, time: string) => void sleeps.push([id, time]) };
  await sleepUntil(step, "expiry", at, FROM);
  return sleeps;
};

describe("a sleep", () => {
  test("of up to six days is one", async () => {
    expect(await sleepsUntil("2026-03-08T15:00:00.000Z")).toEqual([["expiry", "2026-03-08T15:00:00.000Z"]]);
  });

  test("that is longer is taken in hops, which are the same whenever the run wakes", async () => {
    const hops = [
      ["expiry-hop-1", "2026-03-08T15:00:00.000Z"],
      ["expiry-hop-2", "2026-03-14T15:00:00.000Z"],
      ["expiry", "2026-03-16T15:00:00.000Z"],
    ];
    expect(await sleepsUntil("2026-03-16T15:00:00.000Z")).toEqual(hops);
    expect(await sleepsUntil("2026-03-16T15:00:00.000Z")).toEqual(hops);
  });

  test("until a time that has passed is left to the service, which takes it for none", async () => {
    expect(await sleepsUntil("2026-03-01T15:00:00.000Z")).toEqual([["expiry", "2026-03-01T15:00:00.000Z"]]);
  });
});
