import { styleText } from "node:util";
import { type Finding, shareRight } from "./checks/finding.ts";

/** One target of a month, and how it was met. */
export interface Result {
  readonly name: string;
  /** What was counted, in words. */
  readonly of: string;
  readonly measured: number;
  readonly target: { readonly atLeast: number } | { readonly atMost: number };
  readonly unit: "%" | "s" | "";
  /** What is not as it should be, one line each. */
  readonly wrong: readonly string[];
}

export const isMet = ({ measured, target }: Result): boolean =>
  "atLeast" in target ? measured >= target.atLeast : measured <= target.atMost;

/** A share that has to be right, as a result. */
export const share = (name: string, what: string, found: Finding, atLeast: number): Result => ({
  name,
  of: `${found.checked.toLocaleString("en")} ${what}`,
  measured: shareRight(found) * 100,
  target: { atLeast },
  unit: "%",
  wrong: found.wrong,
});

/** How many of the things that are wrong are named. */
const NAMED = 10;

/** The results as lines for a terminal: each beside its target, and under it what is wrong. */
export function printed(results: readonly Result[]): string {
  const names = Math.max(...results.map(({ name }) => name.length));
  const figures = results.map(figureOf);
  const widest = Math.max(...figures.map(({ length }) => length));
  return results
    .flatMap((result, index) => {
      const { name, of, wrong } = result;
      const verdict = isMet(result) ? styleText("green", "ok    ") : styleText("red", "MISSED");
      const line = `  ${name.padEnd(names)}  ${figures[index]!.padStart(widest)}  ${targetOf(result).padEnd(11)} ${verdict}  ${styleText("dim", of)}`;
      const more = wrong.length > NAMED ? [`and ${wrong.length - NAMED} more`] : [];
      return [
        line,
        ...[...wrong.slice(0, NAMED), ...more].map((text) => `      ${styleText("yellow", text)}`),
      ];
    })
    .join("\n");
}

const written = (value: number, unit: Result["unit"]): string =>
  `${value.toLocaleString("en", { maximumFractionDigits: 2 })}${unit && ` ${unit}`}`;

const figureOf = ({ measured, unit }: Result): string => written(measured, unit);

const targetOf = ({ target, unit }: Result): string =>
  "atLeast" in target ? `≥ ${written(target.atLeast, unit)}` : `≤ ${written(target.atMost, unit)}`;
