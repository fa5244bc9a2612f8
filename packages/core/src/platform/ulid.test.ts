import { expect, test } from "vitest";
import { base32, firstUlidAt, fromBase32, ULID_REGEX, ulidFactory, ulidFromDigest } from "./ulid.ts";

const NOON = Date.UTC(2026, 2, 3, 12);
const isUlid = new RegExp(`^${ULID_REGEX}$`);

test("ulids rise, inside a millisecond and when the clock is set back", () => {
  let now = NOON;
  const newUlid = ulidFactory(() => now);
  const made = [newUlid(), newUlid()];
  now -= 60_000;
  made.push(newUlid());
  now += 120_000;
  made.push(newUlid());
  expect(made).toEqual([...made].sort());
  expect(new Set(made).size).toBe(4);
  for (const ulid of made) expect(ulid).toMatch(isUlid);
});

test("the first ulid of a moment lies between those made before and at it", () => {
  const [before, at] = [ulidFactory(() => NOON - 1)(), ulidFactory(() => NOON)()];
  expect(before < firstUlidAt(NOON)).toBe(true);
  expect(firstUlidAt(NOON) <= at).toBe(true);
});

test("a digest of any bytes has the shape of a ulid", () => {
  for (const byte of [0, 127, 255]) {
    const digest = new Uint8Array(32).fill(byte);
    expect(ulidFromDigest(digest)).toMatch(isUlid);
    expect(ulidFromDigest(digest)).toBe(ulidFromDigest(digest.slice(0, 16)));
  }
});

test("numbers go to base 32 and back", () => {
  for (const value of [0, 31, 32, 29_555_280]) expect(fromBase32(base32(BigInt(value), 6))).toBe(value);
  expect(base32(1n, 6)).toBe("000001");
});
