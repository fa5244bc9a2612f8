import { expect, test } from "vitest";
import { isSaved } from "./saved.ts";

test.each([
  [200, {}, true],
  [400, {}, true],
  [402, {}, true],
  [500, {}, true],
  [500, { "stripe-should-retry": "true" }, false],
  [500, { "stripe-should-retry": "true", "idempotent-replayed": "true" }, true],
  [401, {}, false],
  [403, {}, false],
  [409, {}, false],
  [409, { "stripe-should-retry": "false" }, false],
  [429, {}, false],
  [429, { "stripe-should-retry": "true" }, false],
  [429, { "idempotent-replayed": "true" }, true],
  [502, {}, false],
  [503, {}, false],
  [503, { "stripe-should-retry": "false" }, true],
  [504, {}, false],
  [504, { "idempotent-replayed": "true" }, true],
])("an answer with status %i and %j is saved: %s", (status, headers, expected) => {
  expect(isSaved({ status, headers: new Headers(headers) })).toBe(expected);
});
