/** `import { RequestEntity } from "../request/request.entity.ts";` */
const IMPORT = /^import \{([^}]*)\} from "[^"]+\.entity\.ts";/gm;

/** `export const RequestEntity = new Entity({`, up to the end of the statement. */
const MADE =
  /^((?:export )?const (\w+) = )((?:new (?:Entity|Service)|createConversions)\((?:[^\n]*|[\s\S]*?\n\})\));$/gm;
const MAKING = /\bnew (?:Entity|Service)\(|\bcreateConversions\(/g;

const LAZILY = "function lazily(make: any) { let made: any; return () => (made ??= make()); }";

/**
 * Makes ElectroDB's entities when they are first asked for, each once: `RequestEntity` becomes `RequestEntity()`.
 *
 * To make one takes a third of a millisecond. A Lambda has up to thirty, and a call needs two or three.
 */
export function withLazyEntities(file: string, code: string): string {
  const own = [...code.matchAll(MADE)].map(([, , name]) => name!);
  const imported = [...code.matchAll(IMPORT)].flatMap(([, names]) =>
    names!.split(",").map((name) => name.trim()),
  );
  const isPlain =
    own.length === (code.match(MAKING) ?? []).length &&
    (code.match(IMPORT) ?? []).length === (code.match(/\.entity\.ts"/g) ?? []).length;
  if (!isPlain)
    throw new Error(`${file} makes or imports entities in a new way: see infra/bundle/entities.ts`);
  const names = [...own, ...imported.filter((name) => /^\w+Entity$/.test(name))];
  if (names.length === 0) return code;
  const use = new RegExp(`(?<![\\w.$"'-]|typeof |const )(?:${names.join("|")})\\b(?!["'-])`, "g");
  const parts = code.split(/^(import [^;]+;)$/gm);
  const called = parts
    .map((part) => (part.startsWith("import ") ? part : part.replace(use, "$&()")))
    .join("");
  // At the end, so that every line stays where the source map has it.
  return `${called.replace(MADE, "$1lazily(() => $3);")}\n${own.length > 0 ? LAZILY : ""}`;
}
