import { workflowIds } from "@turno/workflows/ids";
import { expect, test } from "vitest";
import { lives } from "./lives/index.ts";
import { testInTrouble } from "./lives/trouble.ts";

test("every workflow is lived through", () => {
  const lived = Object.values(lives).flatMap((group) => group.flatMap((life) => life.workflows));
  expect(workflowIds.filter((id) => !lived.includes(id))).toEqual([]);
});

testInTrouble(lives.visits);
