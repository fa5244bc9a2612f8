import { styleText } from "node:util";

export interface Column {
  readonly name: string;
  readonly unit?: string;
  /** Of a number, behind the point; none when left out. */
  readonly digits?: number;
}

/** A number that should not be above another. */
export interface Target {
  readonly value: number;
  readonly atMost: number;
}

/** An empty cell was not measured. */
export type Cell = string | number | Target | undefined;

/** What a part found: printed for people, and written as JSON. */
export interface Table {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** What a reader has to know to judge the numbers. */
  readonly notes?: readonly string[];
}

const isTarget = (cell: Cell): cell is Target => typeof cell === "object";

const isKept = ({ value, atMost }: Target): boolean => value <= atMost;

const headOf = ({ name, unit }: Column): string => (unit ? `${name} ${unit}` : name);

/** A cell in two halves, so that numbers stand under each other whether or not a target follows. */
interface Text {
  readonly figure: string;
  readonly verdict: string;
}

function textOf(cell: Cell, { digits = 0 }: Column): Text {
  const figures = (value: number) =>
    value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  if (cell === undefined) return { figure: "", verdict: "" };
  if (typeof cell === "string") return { figure: cell, verdict: "" };
  if (!isTarget(cell)) return { figure: figures(cell), verdict: "" };
  return {
    figure: figures(cell.value),
    verdict: ` ≤ ${figures(cell.atMost)} ${isKept(cell) ? "ok" : "OVER"}`,
  };
}

const widest = (texts: readonly string[]): number => Math.max(...texts.map((text) => text.length));

const coloured = (verdict: string): string =>
  verdict.trim() === "" ? verdict : styleText(verdict.includes("OVER") ? "red" : "green", verdict);

/** One column as equally wide lines, its head first: names stand left, numbers right. */
function linesOf(column: Column, cells: readonly Cell[]): string[] {
  const head = headOf(column);
  const texts = cells.map((cell) => textOf(cell, column));
  const verdicts = widest(["", ...texts.map(({ verdict }) => verdict)]);
  const figures = widest([head.slice(verdicts), ...texts.map(({ figure }) => figure)]);
  const isName = cells.every((cell) => cell === undefined || typeof cell === "string");
  const width = figures + verdicts;
  return [
    styleText("bold", isName ? head.padEnd(width) : head.padStart(width)),
    ...texts.map(({ figure, verdict }) =>
      isName ? figure.padEnd(width) : figure.padStart(figures) + coloured(verdict.padEnd(verdicts)),
    ),
  ];
}

/** The table as lines for a terminal. */
export function printed({ title, columns, rows, notes = [] }: Table): string {
  const all = columns.map((column, index) =>
    linesOf(
      column,
      rows.map((row) => row[index]),
    ),
  );
  const lines = all[0]!.map((_, line) => `  ${all.map((column) => column[line]).join("  ")}`.trimEnd());
  return [styleText("cyan", title), ...lines, ...notes.map((note) => `  ${styleText("dim", note)}`)].join(
    "\n",
  );
}

/** The table for programs: every row an object by the names of the columns. */
export const recorded = ({ title, columns, rows, notes = [] }: Table): object => ({
  title,
  rows: rows.map((row) =>
    Object.fromEntries(
      columns.map((column, index) => {
        const cell = row[index];
        return [headOf(column), isTarget(cell) ? { ...cell, ok: isKept(cell) } : cell];
      }),
    ),
  ),
  notes,
});
