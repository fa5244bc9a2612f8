import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { join } from "node:path";

const header = '{"format":"turno-engine-journal","version":1}';
const linesPerWrite = 500;

/** The journal on disk cannot be read: another format, or damage that a killed process does not explain. */
export class JournalUnreadable extends Error {
  override readonly name = "JournalUnreadable";
}

/**
 * An append-only file of JSON lines.
 *
 * A line is in the operating system's hands when `append` returns, so a killed process loses none; a power cut may lose
 * the last moments. The line that a kill tore is dropped when the file is read.
 */
export class Journal {
  readonly path: string;
  #file: number | undefined;
  #bytes = 0;

  /** The journal of a directory, which is made if needed. Write with `rewrite` before the first `append`. */
  constructor(directory: string) {
    mkdirSync(directory, { recursive: true });
    this.path = join(directory, "journal.jsonl");
  }

  /** Bytes in the file now. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * The lines on disk, without one that a kill tore.
   *
   * @throws JournalUnreadable
   */
  read(): string[] {
    if (!existsSync(this.path)) return [];
    const parts = this.text().split("\n");
    parts.pop();
    if (parts.length > 0 && parts[0] !== header)
      throw new JournalUnreadable(`${this.path} is of another version`);
    return parts.slice(1);
  }

  /** Adds a line. @throws the file system's error; the file then holds what it held before. */
  append(line: string): void {
    const file = this.#opened();
    const text = `${line}\n`;
    try {
      appendFileSync(file, text);
    } catch (error) {
      ftruncateSync(file, this.#bytes);
      throw error;
    }
    this.#bytes += Buffer.byteLength(text);
  }

  /** Replaces the whole file in one step: after a kill there is the old one or the new one. */
  rewrite(lines: readonly string[]): void {
    const next = `${this.path}.next`;
    rmSync(next, { force: true });
    const file = openSync(next, "a");
    let bytes = 0;
    const write = (batch: readonly string[]) => {
      const text = `${batch.join("\n")}\n`;
      appendFileSync(file, text);
      bytes += Buffer.byteLength(text);
    };
    write([header]);
    for (let from = 0; from < lines.length; from += linesPerWrite)
      write(lines.slice(from, from + linesPerWrite));
    fsyncSync(file);
    renameSync(next, this.path);
    this.close();
    this.#file = file;
    this.#bytes = bytes;
  }

  /** The file as it is, history since the last rewrite included. */
  text(): string {
    return readFileSync(this.path, "utf8");
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #opened(): number {
    if (this.#file === undefined) throw new Error(`${this.path} is closed`);
    return this.#file;
  }
}
