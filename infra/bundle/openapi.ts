import { readFile } from "node:fs/promises";
import path from "node:path";
import { brotliCompressSync } from "node:zlib";
import type { Plugin } from "esbuild";

/** The module that holds the document; it exports this and nothing else. */
const WRITTEN = /[\\/]contract[\\/]src[\\/]openapi[\\/]written\.ts$/;
const DOCUMENT = /^import document from "(.+\.json)" with \{ type: "json" \};/m;
const EXPORT = "export const openApi = (): OpenApiDocument =>";

/**
 * Keeps the API's description packed, a tenth of its text, until somebody asks for it: few do, and every start of the
 * Lambda would read and compile all of it.
 */
export const openapi: Plugin = {
  name: "openapi",
  setup(build) {
    build.onLoad({ filter: WRITTEN }, async ({ path: file }) => {
      const code = await readFile(file, "utf8");
      const json = DOCUMENT.exec(code)?.[1];
      if (!json || code.split(/^export /m).length !== 2 || !code.includes(EXPORT))
        throw new Error(`${file} is written in a new way`);
      const source = path.resolve(path.dirname(file), json);
      const document: unknown = JSON.parse(await readFile(source, "utf8"));
      return { contents: packed(document), loader: "js", watchFiles: [file, source] };
    });
  },
};

const packed = (document: unknown): string => `
  import { brotliDecompressSync } from "node:zlib";
  const packed = "${brotliCompressSync(JSON.stringify(document)).toString("base64")}";
  let document;
  export const openApi = () =>
    (document ??= JSON.parse(brotliDecompressSync(Buffer.from(packed, "base64")).toString()));`;
