import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Plugin } from "esbuild";
import { expecting } from "./expecting.ts";
import { FOLDER } from "./folder.ts";

/** What the SDK imports, by the names of our own files that do the same, or as much of it as we need. */
const STAND_INS: Readonly<Record<string, RegExp>> = {
  hash: /^hash\.js$/,
  debug: /^debug$/,
  ai: /^@inngest\/ai$/,
  sandbox: /^\.\/sandbox\/client\.js$/,
};

/** The SDK's own files, without those of the libraries that it brings along. */
const OWN = /[\\/]node_modules[\\/]inngest[\\/](?:(?:api|components|helpers|proto)[\\/].*|[\w.-]+)\.js$/;
const CLIENT = /[\\/]inngest[\\/]components[\\/]Inngest\.js$/;

/** What the SDK tells of itself when it registers, generated for reading and writing in all ways. */
const OBSERVATIONS = /[\\/]sdkFeatureObservations[\\/]protobuf[\\/]feature_observations\.js$/;

/** The ways that are never taken: its binary form, and reading; each is a method at the first level of an object. */
const NEVER_TAKEN = /^\t(?:encode|decode|fromJSON|create)\(.*\) \{\n(?:\t\t.*\n)*\t\},?\n/gm;

/** Leaves out of the workflow service's SDK what no workflow of ours uses: a sixth of the bundle. */
export const inngest: Plugin = {
  name: "inngest",
  setup(build) {
    const used = Object.keys(STAND_INS).map((name) => new RegExp(`[\\\\/]stand-ins[\\\\/]${name}\\.ts$`));
    expecting(build, CLIENT, [OBSERVATIONS, ...used]);
    for (const [name, filter] of Object.entries(STAND_INS)) {
      const file = path.join(FOLDER, "stand-ins", `${name}.ts`);
      build.onResolve({ filter }, ({ importer }) => (OWN.test(importer) ? { path: file } : undefined));
    }
    // Ours: the SDK's folder has another version.
    build.onResolve({ filter: /^zod$/ }, ({ importer, kind }) =>
      OWN.test(importer) ? build.resolve("zod", { resolveDir: FOLDER, kind }) : undefined,
    );
    build.onLoad({ filter: OBSERVATIONS }, async ({ path: file }) => ({
      contents: writingJson(await readFile(file, "utf8"), file),
    }));
    build.onLoad({ filter: OWN }, async ({ path: file }) => {
      const code = await readFile(file, "utf8");
      return code.includes("zod/v3") ? { contents: withOneZod(code, file) } : undefined;
    });
  },
};

function writingJson(code: string, file: string): string {
  const contents = code.replace(NEVER_TAKEN, "").replace(/^import .* from "@bufbuild\/protobuf\/wire";/m, "");
  if (/\bBinary(Reader|Writer)\b/.test(contents)) throw new Error(`${file} is written in a new way`);
  return contents;
}

/**
 * Has the SDK check by the version of zod that we have anyway. It asks for the one before, all of which would be bundled,
 * and says the same with it; `test/stacks/sdk-checks.test.ts` compares the two.
 */
function withOneZod(code: string, file: string): string {
  const contents = code
    .replace('import { z } from "zod/v3";', 'import * as z from "zod";')
    .replace(
      'import { ZodError, z } from "zod/v3";',
      'import { ZodError } from "zod"; import * as z from "zod";',
    )
    .replace("check.error.errors.map(", "check.error.issues.map(");
  if (/zod\/v3|error\.errors\b/.test(contents)) throw new Error(`${file} is written in a new way`);
  return contents;
}
