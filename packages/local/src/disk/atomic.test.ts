import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { overwrite, writeAtomically } from "./index.ts";

test("a file is replaced as a whole, with its folder made, and nothing is left beside it", () => {
  const folder = mkdtempSync(join(tmpdir(), "turno-atomic-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "state", "key.json");
  writeAtomically(path, "a longer first text", { mode: 0o600 });
  writeAtomically(path, "second", { mode: 0o600 });
  expect(readFileSync(path, "utf8")).toBe("second");
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(folder, "state"))).toEqual(["key.json"]);
});

test("a text takes the place of one of its length, in a file that is there", () => {
  const folder = mkdtempSync(join(tmpdir(), "turno-atomic-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "clock.json");
  expect(() => overwrite(path, "first")).toThrow("ENOENT");
  writeAtomically(path, "first");
  overwrite(path, "later");
  expect(readFileSync(path, "utf8")).toBe("later");
  expect(readdirSync(folder)).toEqual(["clock.json"]);
});
