import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

const hook = `
import { registerHooks } from "node:module";
registerHooks({ load(url, context, next) { console.log(url); return next(url, context); } });
`;

/** The addresses of all modules that an import loads, in a process of its own. */
const loadedBy = (specifier: string): string[] =>
  execFileSync(
    process.execPath,
    [
      "--import",
      `data:text/javascript,${encodeURIComponent(hook)}`,
      "--input-type=module",
      "-e",
      `import "${specifier}"`,
    ],
    { cwd: import.meta.dirname, encoding: "utf8" },
  ).split("\n");

test("the contract loads no database, so that a browser's bundle carries none", () => {
  const loaded = loadedBy("@turno/contract");
  expect(loaded.some((url) => url.endsWith("contract/src/routes.ts"))).toBe(true);
  expect(
    loaded.filter((url) => /electrodb|@aws-sdk|@smithy|zod-openapi|\.(entity|store)\.ts/.test(url)),
  ).toEqual([]);
});
