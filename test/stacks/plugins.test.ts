import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { build, type Plugin } from "esbuild";
import { expect, test } from "vitest";
import { expecting } from "../../infra/bundle/expecting.ts";

const LIBRARY = /[\\/]ulid[\\/].*\.js$/;

const building = (files: readonly RegExp[], contents: string) => {
  const plugin: Plugin = { name: "expecting", setup: (build) => expecting(build, LIBRARY, files) };
  const resolveDir = path.resolve(import.meta.dirname, "../../packages/core");
  const stdin = { contents, resolveDir };
  return build({
    stdin,
    plugins: [plugin],
    bundle: true,
    write: false,
    platform: "node",
    logLevel: "silent",
  });
};

test("a bundle whose library has moved a file that is to be left out cannot be built", async () => {
  const contents = `import { ulid } from "ulid"; console.log(ulid());`;
  await expect(building([/[\\/]moved\.js$/], contents)).rejects.toThrow(/has no .*moved/);
  await expect(building([/[\\/]dist[\\/]/], contents)).resolves.toMatchObject({ errors: [] });
});

test("a bundle without the library has nothing to leave out", async () => {
  await expect(building([/[\\/]moved\.js$/], "console.log(1);")).resolves.toMatchObject({ errors: [] });
});

test("no plugin asks where its own file is: SST makes one of all and puts it elsewhere", () => {
  const folder = path.resolve(import.meta.dirname, "../../infra/bundle");
  const files = globSync("*.ts", { cwd: folder });
  const asking = files.filter((file) =>
    readFileSync(path.join(folder, file), "utf8").includes("import.meta"),
  );
  expect(files).toContain("inngest.ts");
  expect(asking).toEqual([]);
});
