import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type Journal, openJournal } from "./index.ts";

function temporaryPath(): string {
  const folder = mkdtempSync(join(tmpdir(), "turno-journal-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "state", "messages.jsonl");
}

function open(path: string): Journal<string> {
  const journal = openJournal<string>(path);
  onTestFinished(() => journal.close());
  return journal;
}

test("what was appended is there after opening again, in order", () => {
  const path = temporaryPath();
  const first = open(path);
  first.append("día");
  first.append("two\nlines");
  expect(open(path).recovered).toEqual(["día", "two\nlines"]);
});

test("a torn last line is dropped, and the next record does not run into it", () => {
  const path = temporaryPath();
  open(path).append("whole");
  appendFileSync(path, '"tor');
  const reopened = open(path);
  expect(reopened.recovered).toEqual(["whole"]);
  reopened.append("next");
  expect(readFileSync(path, "utf8")).toBe('"whole"\n"next"\n');
});

test("a torn line is dropped even when it happens to be JSON", () => {
  const path = temporaryPath();
  open(path).append("whole");
  appendFileSync(path, '"unfinished"');
  expect(open(path).recovered).toEqual(["whole"]);
});

test("a damaged line in the middle is named instead of being skipped", () => {
  const path = temporaryPath();
  open(path).append("whole");
  writeFileSync(path, '"whole"\nnot json\n"whole"\n');
  expect(() => openJournal(path)).toThrow(/line 2, is not JSON/);
});

test("a closed journal takes nothing more, and closing it twice is harmless", () => {
  const journal = open(temporaryPath());
  journal.close();
  journal.close();
  expect(() => journal.append("late")).toThrow(/is closed/);
});
