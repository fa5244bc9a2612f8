import { expect, test } from "vitest";
import { digestOf, isSealed, keysFrom } from "./keys.ts";
import { ULID_REGEX } from "./ulid.ts";

const keys = keysFrom(new Uint8Array(32).fill(1));
const others = keysFrom(new Uint8Array(32).fill(2));

test("what is sealed tells nothing, not even that it is the same", () => {
  const sealed = keys.seal("Lucía Ramírez");
  expect(isSealed(sealed)).toBe(true);
  expect(sealed).not.toContain("Luc");
  expect(keys.seal("Lucía Ramírez")).not.toBe(sealed);
  expect(isSealed("Lucía Ramírez")).toBe(false);
});

test("what is derived follows from the stage, the purpose and every part", () => {
  const derived = [
    keys.derive("patient", "org", "phone"),
    keys.derive("phone", "org", "phone"),
    keys.derive("patient", "orgphone"),
    keys.derive("patient", "org", "phone", ""),
    others.derive("patient", "org", "phone"),
  ];
  expect(new Set(derived).size).toBe(5);
  expect(keys.derive("patient", "org", "phone")).toBe(derived[0]);
  for (const id of derived) expect(id).toMatch(new RegExp(`^${ULID_REGEX}$`));
});

test("stages sign links with keys of their own", () => {
  expect(Buffer.from(keys.links).equals(Buffer.from(others.links))).toBe(false);
});

test("a master key has 32 bytes", () => {
  expect(() => keysFrom(new Uint8Array(31))).toThrow("32 bytes");
});

test("a digest tells two texts apart", () => {
  expect(digestOf("a")).toHaveLength(11);
  expect(digestOf("a")).not.toBe(digestOf("b"));
});
