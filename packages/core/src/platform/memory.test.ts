import { expect, test } from "vitest";
import { memoryFor } from "./memory.ts";

const given = () => {
  const clock = { now: 0 };
  const memory = memoryFor(30, () => clock.now);
  let loads = 0;
  const recall = () => memory.recall("key", async () => ++loads);
  return { clock, memory, recall };
};

test("what was loaded is remembered for its time", async () => {
  const { clock, recall } = given();
  expect([await recall(), await recall()]).toEqual([1, 1]);
  clock.now = 29_999;
  expect(await recall()).toBe(1);
  clock.now = 30_000;
  expect(await recall()).toBe(2);
});

test("those who ask at once load once", async () => {
  const { recall } = given();
  expect(await Promise.all([recall(), recall(), recall()])).toEqual([1, 1, 1]);
});

test("what is forgotten is loaded again", async () => {
  const { memory, recall } = given();
  await recall();
  memory.forget("key");
  expect(await recall()).toBe(2);
});

test("a load that failed is not remembered", async () => {
  const { memory } = given();
  await expect(memory.recall("key", () => Promise.reject(new Error("down")))).rejects.toThrow("down");
  expect(await memory.recall("key", async () => "up")).toBe("up");
});

test("a load that fails late takes nothing newer with it", async () => {
  const { memory } = given();
  let fail = (_: Error): void => undefined;
  const late = memory.recall("key", () => new Promise((_, reject) => (fail = reject)));
  memory.forget("key");
  await memory.recall("key", async () => "new");
  fail(new Error("down"));
  await expect(late).rejects.toThrow("down");
  expect(await memory.recall("key", async () => "newer")).toBe("new");
});
