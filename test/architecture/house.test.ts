import { existsSync, globSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import { describe, expect, test } from "vitest";
import { ROOT } from "./cruise.ts";
import { filesOf, product } from "./sources.ts";

interface Manifest {
  readonly name: string;
  readonly workspaces?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const manifests = filesOf("package.json", "packages/*/package.json").map(({ path, text }) => ({
  path,
  folder: path === "package.json" ? "" : dirname(path),
  manifest: JSON.parse(text) as Manifest,
}));

const dependenciesOf = ({ dependencies, devDependencies, optionalDependencies }: Manifest) => ({
  ...dependencies,
  ...devDependencies,
  ...optionalDependencies,
});

describe.each(manifests)("$path", ({ folder, manifest }) => {
  test("pins every dependency to one version", () => {
    const loose = Object.entries(dependenciesOf(manifest)).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
    );
    expect(loose).toEqual([]);
  });

  test("says what the lock file says", () => {
    const [lock] = filesOf("package-lock.json");
    const locked = JSON.parse(lock!.text).packages[folder] as Manifest;
    expect(locked).toMatchObject({ name: manifest.name });
    expect(locked.workspaces).toEqual(manifest.workspaces);
    expect(locked.dependencies).toEqual(manifest.dependencies);
    expect(locked.devDependencies).toEqual(manifest.devDependencies);
    expect(locked.optionalDependencies).toEqual(manifest.optionalDependencies);
  });
});

test("one dependency has one version in every package", () => {
  const versions = new Map<string, Set<string>>();
  for (const { manifest } of manifests) {
    for (const [name, version] of Object.entries(dependenciesOf(manifest))) {
      versions.set(name, (versions.get(name) ?? new Set()).add(version));
    }
  }
  expect([...versions].filter(([, all]) => all.size > 1)).toEqual([]);
});

describe("pages", () => {
  test("are there for every package and every context of the domain", () => {
    const contexts = globSync("packages/core/src/*/index.ts", { cwd: ROOT }).map((door) => dirname(door));
    const folders = [...manifests.map(({ folder }) => folder), ...contexts]
      // Told by its contexts, and known from them.
      .filter((folder) => folder !== "packages/core" && !folder.endsWith("/testing"));
    expect(folders.filter((folder) => !existsSync(join(ROOT, folder, "README.md")))).toEqual([]);
  });

  test("link to what is there", () => {
    const broken = filesOf("*.md", "docs/**/*.md", "packages/**/*.md").flatMap(({ path, text }) =>
      [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)]
        .map(([, target]) => join(dirname(path), target!))
        .filter((target) => !existsSync(join(ROOT, target)))
        .map((target) => `${path} → ${target}`),
    );
    expect(broken).toEqual([]);
  });
});

/** Everything that people write: code, tests, pages, settings. */
const written = filesOf(
  "*.{json,md,mjs,ts}",
  ".*.mjs",
  ".ci/*",
  "docs/**/*.md",
  "packages/*/*.{json,md,mjs}",
  "packages/*/src/**/*.{md,ts}",
  "test/**/*.ts",
);

/** The places where a pattern stands, as `path:line`. */
const placesOf = (pattern: RegExp): string[] =>
  written
    // This file has to name what it looks for.
    .filter(({ path }) => path !== "test/architecture/house.test.ts" && path !== "package-lock.json")
    .flatMap(({ path, text }) =>
      [...text.matchAll(pattern)].map(({ index }) => `${path}:${text.slice(0, index).split("\n").length}`),
    );

describe("nowhere in the repository is", () => {
  test.each<[string, RegExp]>([
    ["something left to do", /\b(TODO|FIXME|XXX|HACK)\b/g],
    ["a test that does not run, or runs alone", /\b(describe|it|test)\.(skip|only|todo|skipIf|runIf)\b/g],
    ["a switched-off type check", /@ts-(ignore|nocheck)\b/g],
    ["an error that is caught and forgotten", /\bcatch\s*(\([^)]*\)\s*)?\{(\s|\/\/.*\n)*\}/g],
    ["a path of one machine", /(?<![\w.])\/(tmp|root|home|work|Users|var\/folders)\/\w/g],
  ])("%s", (_, pattern) => {
    expect(placesOf(pattern)).toEqual([]);
  });
});

test("every environment variable that the code reads is explained", () => {
  const read = /\bprocess\.env(?:\.|\[")([A-Z][A-Z0-9_]+)|^\s+([A-Z][A-Z0-9_]{2,}): z\./gm;
  const names = product()
    .filter(({ text }) => text.includes("process.env"))
    .flatMap(({ text }) => [...text.matchAll(read)].map(([, direct, declared]) => direct ?? declared!));
  const pages = filesOf("*.md", "docs/**/*.md", "packages/*/README.md").map(({ text }) => text);
  const unexplained = new Set(names.filter((name) => !pages.some((page) => page.includes(`\`${name}\``))));
  expect([...unexplained]).toEqual([]);
});
