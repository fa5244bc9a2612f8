import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { readIfThere, writeAtomically } from "../disk/index.ts";

/** The folder that holds all that this machine keeps. */
export interface StateDir {
  /** A folder inside it, made when missing. */
  folder(name: string): string;
  file(name: string): string;
  /** 32 random bytes that all keys are derived from, made on the first start. */
  masterKey(): Uint8Array;
}

/** Opens the folder; with `fresh` everything in it is thrown away first. */
export function openState(path: string, { fresh = false } = {}): StateDir {
  if (fresh) rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
  const file = (name: string): string => join(path, name);
  return {
    file,
    folder(name) {
      mkdirSync(file(name), { recursive: true });
      return file(name);
    },
    masterKey() {
      const known = readIfThere(file("master.key"));
      if (known) return Buffer.from(known, "base64");
      const key = randomBytes(32);
      // Only the owner may read it.
      writeAtomically(file("master.key"), key.toString("base64"), { mode: 0o600 });
      return key;
    },
  };
}
