import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Plugin } from "esbuild";

/** The commands that ElectroDB sends. */
const COMMANDS = [
  "BatchGetCommand",
  "BatchWriteCommand",
  "DeleteCommand",
  "GetCommand",
  "PutCommand",
  "QueryCommand",
  "ScanCommand",
  "TransactGetCommand",
  "TransactWriteCommand",
  "UpdateCommand",
].join(", ");

/**
 * Takes the place of jsonschema, which validates a model whenever an entity is made of one: the models are constants,
 * and every test run validates them.
 *
 * ElectroDB tells models from entities by asking whether they are valid. A model is a plain object.
 */
const TRUSTING_VALIDATOR = `
  class Validator {
    addSchema() {}
    validate(value) {
      const isPlain = Object.getPrototypeOf(value) === Object.prototype;
      return { errors: isPlain ? [] : [{ property: "model", message: "is not a plain object" }] };
    }
  }
  Validator.prototype.customFormats = {};`;

/** What ElectroDB requires of others, as far as it uses it. */
const REQUIRED: Readonly<Record<string, string>> = {
  'const lib = require("@aws-sdk/lib-dynamodb");': `import { ${COMMANDS} } from "@aws-sdk/lib-dynamodb"; const lib = { ${COMMANDS} };`,
  'const util = require("@aws-sdk/util-dynamodb");': `import { unmarshall } from "@aws-sdk/util-dynamodb"; const util = { unmarshall };`,
  'const Validator = require("jsonschema").Validator;': TRUSTING_VALIDATOR,
};

/**
 * Makes ES modules of ElectroDB's files.
 *
 * As CommonJS it requires AWS's whole client, which is then bundled with every command that it knows and each of its
 * modules in a closure; and what is in closures is parsed twice.
 */
export const electrodb: Plugin = {
  name: "electrodb",
  setup(build) {
    build.onLoad({ filter: /[\\/]electrodb[\\/](index|src[\\/]\w+)\.js$/ }, async ({ path: file }) => {
      const contents = asModule(await readFile(file, "utf8"));
      if (/\brequire\(|\bmodule\.exports\b/.test(contents))
        throw new Error(`${file} is written in a new way`);
      return { contents, resolveDir: path.dirname(file) };
    });
  },
};

function asModule(code: string): string {
  return Object.entries(REQUIRED)
    .reduce((text, [from, to]) => text.replace(from, to), code)
    .replace(/^const (\w+) = require\((["'].+?["'])\);/gm, "import * as $1 from $2;")
    .replace(
      /^const \{([^}]*)\} = require\((["'].+?["'])\);/gm,
      (_, names: string, from: string) =>
        `import {${names.replace(/(\w+): (\w+)/g, "$1 as $2")}} from ${from};`,
    )
    .replace(
      /^module\.exports = \{([^}]*)\};/m,
      (_, names: string) => `export {${names.replace(/(\w+): (\w+)/g, "$2 as $1")}};`,
    );
}
