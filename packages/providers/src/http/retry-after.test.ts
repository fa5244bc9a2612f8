import { expect, test } from "vitest";
import { retryAfter } from "./retry-after.ts";

test.each([
  ["30", 30],
  ["0", 0],
  ["1.2", 2],
  ["Sat, 21 Nov 2026 10:01:30 GMT", 90],
  ["Sat, 21 Nov 2026 09:00:00 GMT", 0],
  ["soon", undefined],
])("%s is a wait of %s seconds", (value, seconds) => {
  const headers = new Headers({ "retry-after": value, date: "Sat, 21 Nov 2026 10:00:00 GMT" });
  expect(retryAfter(headers)).toBe(seconds);
});

test("a provider that says nothing asks for no wait", () => {
  expect(retryAfter(new Headers())).toBeUndefined();
});
