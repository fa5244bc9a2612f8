import type { Table } from "./report/table.ts";

/** What a part is given to work with. */
export interface Bench {
  /** Small sizes: everything in less than a minute. */
  readonly quick: boolean;
  /** Shows on a terminal what is being done. */
  readonly say: (line: string) => void;
  /** Has `end` called when the part is over, in whatever way; what began last ends first. */
  readonly ending: (end: () => Promise<void> | void) => void;
}

/** One thing that is measured. */
export interface Part {
  /** As `--only` names it. */
  readonly name: string;
  /** One line. */
  readonly about: string;
  readonly run: (bench: Bench) => Promise<readonly Table[]>;
}
