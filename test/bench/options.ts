import { parseArgs } from "node:util";
import type { Part } from "./part.ts";
import { parts } from "./parts.ts";

export interface Options {
  readonly parts: readonly Part[];
  readonly quick: boolean;
  /** Where the results are written. */
  readonly json: string;
  readonly help: boolean;
}

const names = parts.map(({ name }) => name);

export const help = `Measures Turno on this machine: prints a table for each part, and writes all as JSON.

  npm run bench
  npm run bench -- --quick                  small sizes, less than a minute
  npm run bench -- --only cost,flat         these parts alone
  npm run bench -- --json results.json      write there (bench-results.json otherwise)

Parts:
${parts.map(({ name, about }) => `  ${name.padEnd(12)}${about}`).join("\n")}

Times depend on the machine and on what else it does; targets stand beside the numbers, and nothing fails by them.
`;

/** Reads the command line. Throws an error for people when it says something that there is not. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string", multiple: true, default: [] },
      quick: { type: "boolean", default: false },
      json: { type: "string", default: "bench-results.json" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const wanted = values.only.flatMap((list) => list.split(",")).filter(Boolean);
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new Error(`There is no part ${unknown.join(", ")}. There are: ${names.join(", ")}.`);
  }
  const chosen = wanted.length === 0 ? parts : parts.filter(({ name }) => wanted.includes(name));
  return { parts: chosen, quick: values.quick, json: values.json, help: values.help };
}
