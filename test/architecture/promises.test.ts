import ts from "typescript";
import { expect, test } from "vitest";
import { unawaited } from "./promises.ts";

/** As a package would declare it: what the linter cannot see. */
const library = `
interface Promise<T> { then<U>(done: (value: T) => U, failed?: (error: unknown) => U): Promise<U>; catch(failed: () => void): Promise<T>; }
declare function save(): Promise<number>;
declare function maybe(): Promise<number> | undefined;
declare function log(): void;
declare let kept: Promise<number>;
`;

function placesIn(source: string): string[] {
  const files: Record<string, string> = { "lib.d.ts": library, "code.ts": source };
  const host: ts.CompilerHost = {
    getSourceFile: (name, target) =>
      files[name] === undefined ? undefined : ts.createSourceFile(name, files[name], target, true),
    getDefaultLibFileName: () => "lib.d.ts",
    getCurrentDirectory: () => "",
    getCanonicalFileName: (name) => name,
    fileExists: (name) => name in files,
    readFile: (name) => files[name],
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    writeFile: () => undefined,
  };
  const program = ts.createProgram(["code.ts"], { types: [], target: ts.ScriptTarget.ES2024 }, host);
  return unawaited(program).map((place) => place.replace(/.*:/, ""));
}

test.each(["save();", "maybe();", "kept && save();", "save().then(log);"])(
  "%s is left alone",
  (statement) => {
    expect(placesIn(`async function run() {\n${statement}\n}`)).toEqual(["2"]);
  },
);

test.each([
  "await save();",
  "return save();",
  "void save();",
  "kept = save();",
  "save().catch(log);",
  "save().then(log, log);",
  "log();",
])("%s is not", (statement) => {
  expect(placesIn(`async function run() {\n${statement}\n}`)).toEqual([]);
});
