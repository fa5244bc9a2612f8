/** One row put (`row` set) or deleted (`row` undefined), as it stands in the journal. */
export type Change = readonly [table: string, id: string, row?: unknown];

type Listener<Row> = (id: string, before: Row | undefined, after: Row | undefined) => void;

/**
 * Rows by id, in the order they came. Rows are never changed in place: a change puts a new row, so that a transaction
 * that fails can put the old one back.
 */
export class Table<Row> {
  readonly name: string;
  readonly #rows = new Map<string, Row>();
  readonly #listeners = new Set<Listener<Row>>();
  readonly #changed: (change: Change, undo: () => void) => void;

  constructor(name: string, changed: (change: Change, undo: () => void) => void) {
    this.name = name;
    this.#changed = changed;
  }

  get size(): number {
    return this.#rows.size;
  }

  get(id: string): Row | undefined {
    return this.#rows.get(id);
  }

  values(): IterableIterator<Row> {
    return this.#rows.values();
  }

  entries(): IterableIterator<[string, Row]> {
    return this.#rows.entries();
  }

  put(id: string, row: Row): void {
    const before = this.#rows.get(id);
    this.#changed([this.name, id, row], () => this.restore(id, before));
    this.restore(id, row);
  }

  delete(id: string): void {
    const before = this.#rows.get(id);
    if (before === undefined) return;
    this.#changed([this.name, id], () => this.restore(id, before));
    this.restore(id, undefined);
  }

  /** Sets a row as it was, for loading and undoing: nothing is written to the journal. */
  restore(id: string, row: Row | undefined): void {
    const before = this.#rows.get(id);
    if (row === undefined) this.#rows.delete(id);
    else this.#rows.set(id, row);
    for (const listener of this.#listeners) listener(id, before, row);
  }

  /** Tells of every change, loading and undoing included; gives a function that stops it. */
  onChange(listener: Listener<Row>): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** An index that answers which rows have a key. */
  by(keysOf: (row: Row) => readonly string[]): Index<Row> {
    const index = new Index<Row>();
    this.onChange((id, before, after) => {
      if (before !== undefined) for (const key of keysOf(before)) index.remove(key, id);
      if (after !== undefined) for (const key of keysOf(after)) index.add(key, id, after);
    });
    return index;
  }
}

export class Index<Row> {
  readonly #groups = new Map<string, Map<string, Row>>();

  get(key: string): Row[] {
    return [...(this.#groups.get(key)?.values() ?? [])];
  }

  count(key: string): number {
    return this.#groups.get(key)?.size ?? 0;
  }

  add(key: string, id: string, row: Row): void {
    const group = this.#groups.get(key);
    if (group) group.set(id, row);
    else this.#groups.set(key, new Map([[id, row]]));
  }

  remove(key: string, id: string): void {
    const group = this.#groups.get(key);
    group?.delete(id);
    if (group?.size === 0) this.#groups.delete(key);
  }
}
