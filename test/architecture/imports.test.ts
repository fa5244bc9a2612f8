import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { cruise, loadedBy, ROOT, rulesOf, violationsIn } from "./cruise.ts";

const repository = await cruise(ROOT, ["packages", "test"]);

test("every import of this repository keeps the rules", () => {
  expect(violationsIn(repository)).toEqual([]);
});

test("a browser that loads the client loads neither Node nor the table", () => {
  const loaded = [...loadedBy(repository, /^packages\/client\/src\/(?!.*\.(test|fixture)\.ts$)/)];
  expect(loaded).toContain("packages/contract/src/index.ts");
  const core = new Set(builtinModules);
  expect(loaded.filter((file) => core.has(file) || /node_modules\/(electrodb|@aws-sdk)/.test(file))).toEqual(
    [],
  );
});

/** Imports that each break the rule they stand under; a bare name is a package. */
const forbidden: Record<string, [from: string, to: string]> = {
  "platform-knows-no-context": ["core/src/platform/a.ts", "core/src/identity/index.ts"],
  "contexts-meet-by-events": ["core/src/notifications/delivery/a.ts", "core/src/identity/index.ts"],
  "only-booking-joins-scheduling": ["core/src/identity/profile/a.ts", "core/src/scheduling/index.ts"],
  "operations-look-on": ["core/src/scheduling/slot/a.ts", "core/src/operations/index.ts"],
  "contexts-have-doors": ["core/src/booking/request/a.ts", "core/src/scheduling/slot/slot.ts"],
  "concepts-have-doors": ["core/src/scheduling/claim/a.ts", "core/src/scheduling/slot/slot.ts"],
  "entities-stay-with-their-concept": [
    "core/src/booking/request/b.ts",
    "core/src/booking/note/note.entity.ts",
  ],
  "only-stores-speak-to-the-table": ["core/src/booking/request/c.ts", "electrodb"],
  "the-domain-knows-no-transport": ["core/src/booking/request/d.ts", "inngest"],
  "schemas-reach-no-table": ["core/src/booking/schemas.ts", "core/src/booking/note/note.entity.ts"],
  "packages-have-doors": ["functions/src/a.ts", "core/src/booking/request/c.ts"],
  "core-is-below-all": ["core/src/booking/request/e.ts", "contract/src/index.ts"],
  "the-contract-is-made-of-schemas": ["contract/src/a.ts", "core/src/platform/index.ts"],
  "the-client-knows-the-contract": ["client/src/a.ts", "core/src/schemas.ts"],
  "workflows-know-the-domain": ["workflows/src/a.ts", "contract/src/index.ts"],
  "providers-know-the-domain": ["providers/src/a.ts", "workflows/src/index.ts"],
  "functions-know-domain-contract-providers-and-workflows": ["functions/src/b.ts", "client/src/index.ts"],
  "nothing-deployed-knows-this-machine": ["functions/src/c.ts", "local/src/index.ts"],
  "no-cycles": ["functions/src/d.ts", "functions/src/d.ts"],
  "no-unlisted-dependency": ["contract/src/b.ts", "inngest"],
  "no-development-dependency-in-the-product": ["core/src/platform/b.ts", "vitest"],
  "everything-resolves": ["functions/src/e.ts", "nowhere"],
};

const allowed: [from: string, to: string][] = [
  ["core/src/booking/request/f.ts", "core/src/scheduling/index.ts"],
  ["core/src/booking/request/f.ts", "core/src/platform/index.ts"],
  ["core/src/operations/watch/a.ts", "core/src/identity/index.ts"],
  ["core/src/operations/watch/a.ts", "core/src/scheduling/index.ts"],
  ["core/src/booking/note/note.store.ts", "core/src/booking/note/note.entity.ts"],
  ["core/src/booking/note/note.entity.ts", "electrodb"],
  ["core/src/platform/c.test.ts", "local/src/index.ts"],
  ["contract/src/d.ts", "core/src/schemas.ts"],
  ["functions/src/f.ts", "core/src/platform/index.ts"],
  ["functions/src/f.ts", "providers/src/index.ts"],
  ["providers/src/b.ts", "core/src/platform/index.ts"],
  ["local/src/a.ts", "functions/src/index.ts"],
];

const isPackage = (name: string): boolean => !name.includes("/");

const manifests = {
  core: { dependencies: { electrodb: "1.0.0", inngest: "1.0.0" }, devDependencies: { vitest: "1.0.0" } },
  contract: {},
  client: {},
  functions: {},
  providers: {},
  workflows: {},
  local: {},
};

const exportsOf = (name: string) =>
  name === "core"
    ? { "./platform": "./src/platform/index.ts", "./schemas": "./src/schemas.ts" }
    : { ".": "./src/index.ts" };

/** A tree that looks like this repository and holds the imports above. */
function treeOfImports(): string {
  const root = mkdtempSync(join(tmpdir(), "turno-imports-"));
  const files = new Map<string, string[]>([["tsconfig.json", ["{}"]]]);
  for (const [name, manifest] of Object.entries(manifests)) {
    const content = { name, type: "module", exports: exportsOf(name), ...manifest };
    files.set(`packages/${name}/package.json`, [JSON.stringify(content)]);
  }
  for (const name of ["electrodb", "inngest", "vitest"]) {
    files.set(`node_modules/${name}/package.json`, [JSON.stringify({ name, main: "index.js" })]);
    files.set(`node_modules/${name}/index.js`, [""]);
  }
  for (const [from, to] of [...Object.values(forbidden), ...allowed]) {
    const file = `packages/${from}`;
    const target = isPackage(to) ? to : `./${relative(dirname(from), to)}`;
    files.set(file, [...(files.get(file) ?? []), `import "${target}";`]);
    if (!isPackage(to) && !files.has(`packages/${to}`)) files.set(`packages/${to}`, ["export {};"]);
  }
  for (const [path, lines] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), lines.join("\n"));
  }
  return root;
}

describe("the rules bite", () => {
  let rules: string[];
  let found: string[];

  beforeAll(async () => {
    const root = treeOfImports();
    try {
      const result = await cruise(root, ["packages"]);
      rules = rulesOf(result);
      found = violationsIn(result);
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  const arrow = (from: string, to: string) =>
    isPackage(to) ? `packages/${from} → ` : `packages/${from} → packages/${to}`;

  test("each has a case here", () => {
    expect(Object.keys(forbidden).sort()).toEqual(rules.sort());
  });

  test.each(Object.entries(forbidden))("%s", (rule, [from]) => {
    expect(found.filter((violation) => violation.startsWith(`${rule}: packages/${from} → `))).not.toEqual([]);
  });

  test.each(allowed)("%s may import %s", (from, to) => {
    expect(found.filter((violation) => violation.includes(arrow(from, to)))).toEqual([]);
  });
});
