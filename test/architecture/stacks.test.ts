import { expect, test } from "vitest";
import { cruise, ROOT, violationsIn } from "./cruise.ts";

const deployment = await cruise(ROOT, ["sst.config.ts", "stacks", "infra"]);

/** The imports of ours that lead from a folder out of it. */
const importsOf = (folder: string): string[] => {
  const all = deployment.modules
    .filter(({ source }) => source.startsWith(`${folder}/`))
    .flatMap(({ dependencies }) => dependencies.map(({ resolved }) => resolved))
    .filter(
      (resolved) => /^(packages|stacks|infra|test)\//.test(resolved) && !resolved.startsWith(`${folder}/`),
    );
  return [...new Set(all)].sort();
};

test("the deployment keeps the rules of the house", () => {
  const own = violationsIn(deployment).filter((violation) => /: (stacks|infra|sst)/.test(violation));
  expect(own).toEqual([]);
});

test("what the stacks share knows nothing of Turno", () => {
  expect(importsOf("infra")).toEqual([]);
});

test("stacks know the table's shape, the contract's routes and the names of metrics, and nothing else of Turno", () => {
  expect(importsOf("stacks").filter((file) => file.startsWith("packages/"))).toEqual([
    "packages/contract/src/index.ts",
    "packages/core/src/platform/index.ts",
    "packages/functions/src/metrics/metric.ts",
  ]);
});
