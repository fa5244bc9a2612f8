import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./cruise.ts";

/** A text file of this repository. */
export interface Source {
  /** From the root, with slashes. */
  readonly path: string;
  readonly text: string;
}

const isTest = (path: string): boolean => /\.(test|fixture)\.ts$|\/testing(\/|\.ts$)/.test(path);

/** The files that match, in order. */
export const filesOf = (...patterns: string[]): Source[] =>
  globSync(patterns, { cwd: ROOT, exclude: (path) => path.includes("node_modules") })
    .map((path) => path.replaceAll("\\", "/"))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), "utf8") }));

/** The code that runs outside of tests. */
export const product = (): Source[] => filesOf("packages/*/src/**/*.ts").filter(({ path }) => !isTest(path));
