import { isBuiltin } from "node:module";
import type { Plugin } from "esbuild";

/**
 * Takes of Node's own modules what is asked for.
 *
 * As ES modules they get a list of all they export, and making that list loads what is behind each entry: Node's clients
 * for `fetch` and WebSocket among them.
 */
export const builtins: Plugin = {
  name: "builtins",
  setup(build) {
    build.onResolve({ filter: /^[a-z_:/0-9]+$/ }, ({ path, kind }) =>
      isBuiltin(path)
        ? { path, namespace: kind === "import-statement" ? "imported" : "required" }
        : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: "required" }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
    }));
    build.onLoad({ filter: /.*/, namespace: "imported" }, ({ path }) => ({ contents: imported(path) }));
  },
};

/** Each export for itself, so that the bundle keeps those that are used. */
function imported(name: string): string {
  const names = Object.keys(process.getBuiltinModule(name)!).filter((key) =>
    /^(?!default$)[a-z_$][\w$]*$/i.test(key),
  );
  return `
    const all = /* @__PURE__ */ process.getBuiltinModule(${JSON.stringify(name)});
    const one = (name) => all[name];
    ${names.map((key) => `export const ${key} = /* @__PURE__ */ one("${key}");`).join("\n")}
    export default all;`;
}
