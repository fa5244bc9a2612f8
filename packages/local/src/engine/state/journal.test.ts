import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryDirectory } from "../testing.ts";
import { Journal, JournalUnreadable } from "./journal.ts";
import { Store } from "./store.ts";

const pathIn = (directory: string) => join(directory, "journal.jsonl");

function opened(directory: string): Store {
  const store = new Store(directory);
  store.load();
  return store;
}

const mark = (store: Store, id: string, until: number) =>
  store.transact(() => store.marks.put(id, { until }));

describe("the journal", () => {
  it("gives back the lines that were written, whoever closed it", () => {
    const directory = temporaryDirectory();
    const journal = new Journal(directory);
    journal.rewrite(["1"]);
    journal.append("2");
    expect(new Journal(directory).read()).toEqual(["1", "2"]);
  });

  it("drops a last line that a kill tore", () => {
    const directory = temporaryDirectory();
    const store = opened(directory);
    mark(store, "kept", 1);
    appendFileSync(pathIn(directory), '[["marks","torn",{"unt');
    const next = opened(directory);
    expect([...next.marks.entries()]).toEqual([["kept", { until: 1 }]]);
    mark(next, "later", 2);
    expect([...opened(directory).marks.entries()]).toHaveLength(2);
  });

  it("refuses damage in the middle and files of another kind", () => {
    const directory = temporaryDirectory();
    mark(opened(directory), "kept", 1);
    appendFileSync(pathIn(directory), "damaged\n[]\n");
    expect(() => opened(directory)).toThrow(JournalUnreadable);
    expect(() => opened(directory)).toThrow("line 3");
    writeFileSync(pathIn(directory), "something else\n");
    expect(() => opened(directory)).toThrow("another version");
  });
});

describe("the store", () => {
  it("changes nothing when a transaction fails", () => {
    const directory = temporaryDirectory();
    const store = opened(directory);
    mark(store, "a", 1);
    expect(() =>
      store.transact(() => {
        store.marks.put("a", { until: 2 });
        store.marks.delete("a");
        store.marks.put("b", { until: 2 });
        throw new Error("no");
      }),
    ).toThrow("no");
    expect([...store.marks.entries()]).toEqual([["a", { until: 1 }]]);
    expect([...opened(directory).marks.entries()]).toEqual([["a", { until: 1 }]]);
  });

  it("cannot be changed outside a transaction", () => {
    const store = opened(temporaryDirectory());
    expect(() => store.marks.put("a", { until: 1 })).toThrow("outside a transaction");
  });

  it("keeps its file small when rows come and go", () => {
    const directory = temporaryDirectory();
    const store = opened(directory);
    for (let round = 0; round < 300; round += 1) {
      mark(store, "x".repeat(20_000), round);
      store.rewriteIfGrown();
    }
    expect(readFileSync(pathIn(directory)).length).toBeLessThan(4_100_000);
    expect(opened(directory).marks.get("x".repeat(20_000))).toEqual({ until: 299 });
  });

  it("does not let an abandoned writer reach the file of its successor", () => {
    const directory = temporaryDirectory();
    const abandoned = opened(directory);
    const successor = opened(directory);
    mark(abandoned, "lost", 1);
    mark(successor, "kept", 1);
    expect([...opened(directory).marks.entries()]).toEqual([["kept", { until: 1 }]]);
  });
});
