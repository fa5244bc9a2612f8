import { readFile } from "node:fs/promises";
import path from "node:path";
import type { PluginBuild } from "esbuild";

/** `import { Outbox, type Context } from "…";` */
const IMPORT = /^import \{([^}]*)\} from "([^"]+)";/gm;
const NAMESPACE = /^export \* as (\w+) from "([^"]+)";/gm;

/**
 * Imports the concepts of our packages from where they are, and not by way of their context's index.
 *
 * `export * as Outbox` makes an object of all that a concept can do, and what is in it is all bundled. Of
 * `import * as Outbox` the bundle keeps what is used.
 */
export async function withNamespaces(build: PluginBuild, file: string, code: string): Promise<string> {
  const replaced = new Map<string, string>();
  for (const [statement, names, from] of code.matchAll(IMPORT)) {
    replaced.set(statement, await direct(build, path.dirname(file), statement, names!, from!));
  }
  return code.replace(IMPORT, (statement) => replaced.get(statement)!);
}

async function direct(
  build: PluginBuild,
  resolveDir: string,
  statement: string,
  names: string,
  from: string,
): Promise<string> {
  if (!from.startsWith(".") && !from.startsWith("@turno/")) return statement;
  const { path: index } = await build.resolve(from, { resolveDir, kind: "import-statement" });
  const found = [...(await readFile(index, "utf8")).matchAll(NAMESPACE)];
  const concepts = new Map(found.map(([, name, file]) => [name!, path.resolve(path.dirname(index), file!)]));
  const all = names.split(",").map((name) => name.trim());
  const others = all.filter((name) => name !== "" && !concepts.has(name));
  const imports = all
    .filter((name) => concepts.has(name))
    .map((name) => `import * as ${name} from ${JSON.stringify(concepts.get(name))};`);
  if (others.length > 0) imports.unshift(`import { ${others.join(", ")} } from "${from}";`);
  // As many lines as before, so that the source map tells the right ones.
  return imports.join(" ") + "\n".repeat(statement.split("\n").length - 1);
}
