import { existsSync, readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { fileURLToPath } from "node:url";

type Payload = ConstructorParameters<typeof SourceMap>[0];

const maps = new Map<string, SourceMap | undefined>();

/**
 * A frame of a stack, in a bundle, as it was written.
 *
 * Node could do so itself, but would read every source map at every start; here one is read when something failed.
 */
export const written = (frame: string): string =>
  frame.replace(
    /(file:\/\/[^\s()]+\.mjs):(\d+):(\d+)/,
    (place: string, url: string, line: string, column: string) => {
      const origin = mapOf(url)?.findOrigin(Number(line), Number(column));
      return origin && "fileName" in origin
        ? `${readable(origin.fileName)}:${origin.lineNumber}:${origin.columnNumber}`
        : place;
    },
  );

function mapOf(url: string): SourceMap | undefined {
  if (!maps.has(url)) {
    const file = `${fileURLToPath(url)}.map`;
    const payload = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Payload) : undefined;
    maps.set(url, payload && new SourceMap(payload));
  }
  return maps.get(url);
}

/** A source's path without the way to it from where the bundle was made. */
const readable = (source: string): string => source.replace(/^.*?(packages|node_modules)\//, "$1/");
