import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Writes a whole file so that a reader, or the next start after a crash, finds the old text or the new one.
 *
 * The folder is made when it is missing. `mode` is that of a new file, for secrets 0o600. `survives` a crash of the
 * process alone, which costs no wait for the disk, or also one of the machine.
 */
export function writeAtomically(
  path: string,
  text: string,
  { mode = 0o644, survives = "machine" }: { mode?: number; survives?: "process" | "machine" } = {},
): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.draft`;
  const file = openSync(draft, "w", mode);
  try {
    writeFileSync(file, text);
    // Without it a power failure can keep the new name and lose the text.
    if (survives === "machine") fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
}

/**
 * Puts a short text in the place of one of the same length, in one write and without a new file: a process that is killed
 * leaves the old text or the new one.
 *
 * @throws the error of the file system when there is no such file.
 */
export function overwrite(path: string, text: string): void {
  writeFileSync(path, text, { flag: "r+" });
}
