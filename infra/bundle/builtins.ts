import { isBuiltin } from "node:module";
import type { Plugin } from "esbuild";

/**
 * Takes Node's own modules as they are.
 *
 * As ES modules they get a list of all they export, and making that list loads what is behind each entry: Node's clients
 * for `fetch` and WebSocket among them.
 */
export const builtins: Plugin = {
  name: "builtins",
  setup(build) {
    build.onResolve({ filter: /^[a-z_:/]+$/ }, ({ path }) =>
      isBuiltin(path) ? { path, namespace: "builtins" } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: "builtins" }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
    }));
  },
};
