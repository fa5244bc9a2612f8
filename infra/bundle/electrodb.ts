import path from "node:path";
import { build as bundle, type Plugin } from "esbuild";

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

/** ElectroDB asks whether something is a model as it asks whether one is right; a plain object is taken for one. */
const VALIDATOR = `
  class Validator {
    addSchema() {}
    validate(value) {
      const isPlain = Object.getPrototypeOf(value) === Object.prototype;
      return { errors: isPlain ? [] : [{ property: "model", message: "is not a plain object" }] };
    }
  }
  Validator.prototype.customFormats = {};
  exports.Validator = Validator;`;

/** The models are constants and validated in every test run: not once more at every cold start, which takes a third of it. */
const trustModels: Plugin = {
  name: "trust-models",
  setup(build) {
    build.onResolve({ filter: /^jsonschema$/ }, ({ path }) => ({ path, namespace: "trust-models" }));
    build.onLoad({ filter: /.*/, namespace: "trust-models" }, () => ({ contents: VALIDATOR }));
  },
};

/**
 * Makes an ES module of ElectroDB.
 *
 * As a CommonJS module it requires the whole AWS client, which is then bundled with every command it knows and each of
 * its modules in a closure.
 */
export const electrodb: Plugin = {
  name: "electrodb",
  setup(build) {
    build.onLoad({ filter: /[\\/]electrodb[\\/]index\.js$/ }, async ({ path: file }) => {
      const { outputFiles } = await bundle({
        entryPoints: [file],
        bundle: true,
        write: false,
        format: "cjs",
        platform: "node",
        external: ["@aws-sdk/*"],
        plugins: [trustModels],
      });
      return { contents: asModule(outputFiles[0]!.text), loader: "js", resolveDir: path.dirname(file) };
    });
  },
};

const asModule = (code: string): string => `
  import { ${COMMANDS} } from "@aws-sdk/lib-dynamodb";
  import { unmarshall } from "@aws-sdk/util-dynamodb";
  const imported = {
    "@aws-sdk/lib-dynamodb": { ${COMMANDS} },
    "@aws-sdk/util-dynamodb": { unmarshall },
  };
  const electrodb = { exports: {} };
  ((module, require) => {${code}})(electrodb, (name) => imported[name]);
  export const { Entity, Service, createConversions, createSchema, ElectroError } = electrodb.exports;`;
