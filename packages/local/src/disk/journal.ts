import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/** A file of JSON lines that only grows. */
export interface Journal<T> {
  /** What the file held when it was opened, oldest first. */
  readonly recovered: readonly T[];
  /** Returns when the record would survive a kill of this process. */
  append(record: T): void;
  close(): void;
}

/**
 * Opens a journal, making it when it is missing. A last line without its end is what a kill in the middle of a write
 * leaves: nobody was told that it was kept, so it is cut off.
 *
 * @throws Error when another line is not JSON, since then somebody else has written to the file.
 */
export function openJournal<T>(path: string): Journal<T> {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, "a+", 0o600);
  const content = readFileSync(path);
  const whole = content.subarray(0, content.lastIndexOf("\n") + 1);
  if (whole.length < content.length) ftruncateSync(file, whole.length);
  const recovered = lines(whole).map((line, index) => parse<T>(line, path, index + 1));
  let closed = false;
  return {
    recovered,
    append(record) {
      // The number of a closed file may by now be that of another one.
      if (closed) throw new Error(`${path} is closed`);
      writeWhole(file, Buffer.from(`${JSON.stringify(record)}\n`));
    },
    close() {
      if (!closed) closeSync(file);
      closed = true;
    },
  };
}

function lines(content: Buffer): string[] {
  return content.toString("utf8").split("\n").slice(0, -1);
}

function parse<T>(line: string, path: string, number: number): T {
  try {
    return JSON.parse(line) as T;
  } catch (cause) {
    throw new Error(`${path}, line ${number}, is not JSON`, { cause });
  }
}

function writeWhole(file: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
}
