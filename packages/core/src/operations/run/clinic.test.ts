import { expect, test } from "vitest";
import { catalogue } from "../../platform/events/index.ts";
import { ownerFields } from "./clinic.ts";

/** What these tell has no clinic by itself: the runs that they begin are the stage's. */
const ofNobody: readonly string[] = [
  // Carries the fields of another event.
  "workflow/retry",
];

test("every event says whose it is", () => {
  const silent = Object.entries(catalogue)
    .filter(([, { schema }]) => !Object.keys(schema.shape).some((field) => ownerFields.includes(field)))
    .map(([name]) => name);
  expect(silent).toEqual(ofNobody);
});
