import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { withLazyEntities } from "../../infra/bundle/entities.ts";

const core = path.resolve(import.meta.dirname, "../../packages/core/src");
const files = globSync("**/*.ts", { cwd: core, exclude: ["**/*.test.ts", "testing/**"] });
const sources = files.map((file) => [file, readFileSync(path.join(core, file), "utf8")] as const);

test("every entity of ours is made when it is asked for, and no line moves", () => {
  let made = 0;
  for (const [file, code] of sources) {
    const lines = withLazyEntities(file, code).split("\n");
    const before = code.split("\n");
    expect(lines.length - before.length, file).toBeLessThanOrEqual(1);
    expect(before.findIndex((line, index) => line.startsWith("import ") && line !== lines[index])).toBe(-1);
    made += lines.filter((line) => line.includes("lazily(() => new Entity(")).length;
  }
  expect(made).toBe(sources.flatMap(([, code]) => code.match(/\bnew Entity\(/g) ?? []).length);
});

test("who uses an entity asks for it, and types stay as they are", () => {
  const code = [
    `import { type Row, SlotEntity } from "./slot.entity.ts";`,
    "const conversions = createConversions(SlotEntity);",
    "const rows = (row: EntityItem<typeof SlotEntity>) => SlotEntity.get(row).go(conversions.of(row));",
    `const kind = "SlotEntity";`,
  ].join("\n");
  expect(withLazyEntities("slot.store.ts", code).split("\n").slice(0, 4)).toEqual([
    `import { type Row, SlotEntity } from "./slot.entity.ts";`,
    "const conversions = lazily(() => createConversions(SlotEntity()));",
    "const rows = (row: EntityItem<typeof SlotEntity>) => SlotEntity().get(row).go(conversions().of(row));",
    `const kind = "SlotEntity";`,
  ]);
});

test("what makes or imports an entity otherwise cannot be bundled", () => {
  for (const code of [
    "export const SlotEntity = wrapped(new Entity({}));",
    "const entity = () => new Entity({});",
    `import * as slots from "./slot.entity.ts";`,
    `import SlotEntity from "./slot.entity.ts";`,
    `export { SlotEntity } from "./slot.entity.ts";`,
  ]) {
    expect(() => withLazyEntities("slot.ts", code), code).toThrow("in a new way");
  }
});
