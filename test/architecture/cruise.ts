import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import type { ICruiseResult } from "dependency-cruiser";

export const ROOT = resolve(import.meta.dirname, "../..");

const DEPCRUISE = resolve(ROOT, "node_modules/.bin/depcruise");
const RULES = resolve(ROOT, ".dependency-cruiser.mjs");

/** Looks at the imports of `folders` below `root` with the rules of this repository. */
export async function cruise(root: string, folders: readonly string[]): Promise<ICruiseResult> {
  const args = [DEPCRUISE, "--config", RULES, "--output-type", "json", ...folders];
  // It ends with the number of violations: an answer, not a fault.
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
  }).catch((ended: { stdout?: string }) => {
    if (!ended.stdout) throw ended;
    return { stdout: ended.stdout };
  });
  return JSON.parse(stdout) as ICruiseResult;
}

/** Each violation as `rule: from → to`. */
export const violationsIn = ({ summary }: ICruiseResult): string[] =>
  summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);

/** The names of the rules that it looked with. */
export const rulesOf = ({ summary }: ICruiseResult): string[] =>
  (summary.ruleSetUsed?.forbidden ?? []).map(({ name }) => name ?? "unnamed");

/** Everything that is loaded when these files run: themselves and what they import, types aside. */
export function loadedBy({ modules }: ICruiseResult, files: RegExp): Set<string> {
  const bySource = new Map(modules.map((module) => [module.source, module]));
  const loaded = new Set(modules.map(({ source }) => source).filter((source) => files.test(source)));
  for (const source of loaded) {
    for (const { resolved, dependencyTypes } of bySource.get(source)?.dependencies ?? []) {
      if (!dependencyTypes.includes("type-only")) loaded.add(resolved);
    }
  }
  return loaded;
}
