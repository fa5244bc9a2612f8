import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";
import { withLazyEntities } from "./entities.ts";
import { withNamespaces } from "./namespaces.ts";

/** Our own code, written so that it reads well, in a way in which a Lambda loads it sooner. */
export const sources: Plugin = {
  name: "sources",
  setup(build) {
    build.onLoad({ filter: /[\\/]packages[\\/]\w+[\\/]src[\\/].+\.ts$/ }, async ({ path: file }) => {
      const code = withLazyEntities(file, await readFile(file, "utf8"));
      return { contents: await withNamespaces(build, file, code), loader: "ts" };
    });
  },
};
