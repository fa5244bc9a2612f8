import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { type BuildOptions, build } from "esbuild";
import { afterAll } from "vitest";
import { esbuildOptions } from "../../infra/bundle/index.ts";

/** Where the workflow service's SDK lies. */
export const sdk = path.dirname(createRequire(import.meta.url).resolve("inngest"));

/** What was bundled, in a folder that is taken away in the end. */
export interface Bundler {
  readonly folder: string;
  /** Bundles as `changed.mjs`, as every Lambda is, and as `unchanged.mjs`, with the workflow service's SDK as it comes. */
  readonly bundleBoth: (from: Pick<BuildOptions, "stdin" | "entryPoints">) => Promise<void>;
}

/** Shows what infra/bundle/inngest.ts changes: call it where the tests of a file are described. */
export function sdkBundler(): Bundler {
  const folder = mkdtempSync(path.join(tmpdir(), "turno-sdk-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const bundle = (name: string, plugins: BuildOptions["plugins"], from: BuildOptions) =>
    build({
      ...esbuildOptions,
      ...from,
      plugins,
      bundle: true,
      platform: "node",
      format: "esm",
      mainFields: ["module", "main"],
      outfile: path.join(folder, name),
      banner: {
        js: 'import { createRequire as requireFor } from "node:module"; const require = requireFor(import.meta.url);',
      },
    });
  const { plugins } = esbuildOptions;
  return {
    folder,
    async bundleBoth(from) {
      await bundle("changed.mjs", plugins, from);
      await bundle(
        "unchanged.mjs",
        plugins.filter(({ name }) => name !== "inngest"),
        from,
      );
    },
  };
}
