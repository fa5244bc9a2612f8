import type { Definition } from "../definition/definition.ts";
import type { StoredEvent } from "../event/event.ts";
import { type Job, runOf } from "../run/job.ts";
import { type Pause, pauseKeys } from "../run/pause.ts";
import type { Run, Step } from "../run/run.ts";
import type { Gathering } from "../start/gathering.ts";
import { Journal, JournalUnreadable } from "./journal.ts";
import { type Change, Table } from "./table.ts";

/** A key that may be used once until a moment (epoch milliseconds). */
export interface Mark {
  readonly until: number;
}

/** A rate limit's or throttle's theoretical arrival time (epoch milliseconds). */
export interface Bucket {
  readonly arrival: number;
}

/** An app that has registered its functions. */
export interface App {
  readonly name: string;
  /** Epoch milliseconds in the engine's clock. */
  readonly syncedAt: number;
}

interface Transaction {
  readonly changes: Change[];
  readonly undo: (() => void)[];
}

const growthBeforeRewrite = 4;
const smallestRewrite = 4_000_000;

/**
 * Everything the engine knows, in memory and in a journal.
 *
 * Rows change inside `transact` only, and what one call changes is one line of the journal: after a kill it is there as
 * a whole or not at all.
 */
export class Store {
  readonly #journal: Journal;
  readonly #tables = new Map<string, Table<unknown>>();
  #transaction: Transaction | undefined;
  #sequence = 0;
  #bytesWhenRewritten = 0;

  readonly apps = this.#table<App>("apps");
  readonly definitions = this.#table<Definition>("definitions");
  readonly events = this.#table<StoredEvent>("events");
  readonly runs = this.#table<Run>("runs");
  readonly steps = this.#table<Step>("steps");
  readonly jobs = this.#table<Job>("jobs");
  readonly pauses = this.#table<Pause>("pauses");
  readonly gatherings = this.#table<Gathering>("gatherings");
  readonly marks = this.#table<Mark>("marks");
  readonly buckets = this.#table<Bucket>("buckets");

  readonly runsByFunction = this.runs.by((run) => [run.functionId]);
  readonly runsByEvent = this.runs.by((run) => run.eventIds);
  readonly stepsByRun = this.steps.by((step) => [step.runId]);
  readonly jobsByRun = this.jobs.by((job) => [runOf(job)].filter((id) => id !== undefined));
  readonly pausesByKey = this.pauses.by(pauseKeys);

  /** The state of a directory; empty until `load`. */
  constructor(directory: string) {
    this.#journal = new Journal(directory);
  }

  /**
   * Reads what the journal holds and rewrites it, so that the writer of an abandoned one cannot reach this one. Call it
   * after every listener is set with `onChange`: they hear of each row.
   *
   * @throws JournalUnreadable
   */
  load(): void {
    this.#journal.read().forEach((line, index) => {
      for (const [name, id, row] of this.#parse(line, index)) this.#tables.get(name)?.restore(id, row);
    });
    const numbered = [this.jobs, this.events, this.pauses].flatMap((table) =>
      [...table.values()].map((row) => row.seq),
    );
    const ended = [...this.steps.values()].map((step) => step.order ?? 0);
    this.#sequence = [...numbered, ...ended].reduce((highest, seq) => Math.max(highest, seq), 0);
    this.#rewrite();
  }

  /** A number above all given before. */
  next(): number {
    this.#sequence += 1;
    return this.#sequence;
  }

  /** Does `work` as a whole or, when it or the disk fails, not at all. A call within another belongs to it. */
  transact<Result>(work: () => Result): Result {
    if (this.#transaction) return work();
    const transaction: Transaction = { changes: [], undo: [] };
    this.#transaction = transaction;
    try {
      const result = work();
      if (transaction.changes.length > 0) this.#journal.append(JSON.stringify(transaction.changes));
      return result;
    } catch (error) {
      for (const undo of transaction.undo.reverse()) undo();
      throw error;
    } finally {
      this.#transaction = undefined;
    }
  }

  /** Rewrites the journal when most of it is history. */
  rewriteIfGrown(): void {
    const limit = Math.max(smallestRewrite, this.#bytesWhenRewritten * growthBeforeRewrite);
    if (this.#journal.bytes > limit) this.#rewrite();
  }

  /** The journal's text: every row that is there, and the history since the last rewriting. */
  text(): string {
    return this.#journal.text();
  }

  close(): void {
    this.#journal.close();
  }

  #rewrite(): void {
    const lines = [...this.#tables].flatMap(([name, table]) =>
      [...table.entries()].map(([id, row]) => JSON.stringify([[name, id, row]])),
    );
    this.#journal.rewrite(lines);
    this.#bytesWhenRewritten = this.#journal.bytes;
  }

  #parse(line: string, index: number): Change[] {
    try {
      return JSON.parse(line);
    } catch {
      throw new JournalUnreadable(`line ${index + 2} of ${this.#journal.path} is damaged`);
    }
  }

  #table<Row>(name: string): Table<Row> {
    const table = new Table<Row>(name, (change, undo) => {
      if (!this.#transaction) throw new Error(`${name} was changed outside a transaction`);
      this.#transaction.changes.push(change);
      this.#transaction.undo.push(undo);
    });
    this.#tables.set(name, table as Table<unknown>);
    return table;
  }
}
