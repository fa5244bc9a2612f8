import { build as bundle, type Plugin } from "esbuild";
import { expecting } from "./expecting.ts";

interface Unused {
  /** What brings it along. */
  readonly by: RegExp;
  readonly file: RegExp;
}

/** What libraries bring along and no Lambda of ours ever calls. */
const UNUSED: readonly Unused[] = [
  // The contract is written as OpenAPI when Turno is built, not while it runs.
  {
    by: /[\\/]zod[\\/]v4[\\/]classic[\\/]schemas\.js$/,
    file: /[\\/]zod[\\/]v4[\\/]core[\\/](json-schema-processors|to-json-schema)\.js$/,
  },
  // DynamoDB has no operation that streams events.
  {
    by: /[\\/]client-dynamodb[\\/]dist-es[\\/]DynamoDBClient\.js$/,
    file: /[\\/]@smithy[\\/]core[\\/]dist-es[\\/]submodules[\\/]event-streams[\\/]index\.js$/,
  },
  // Browsers listen to the workflow service; we speak to it.
  {
    by: /[\\/]inngest[\\/]components[\\/]Inngest\.js$/,
    file: /[\\/]inngest[\\/]components[\\/]realtime[\\/]subscribe[\\/]TokenSubscription\.js$/,
  },
];

/** Leaves out unused modules: what they export is there, and throws when it is called after all. */
export const unused: Plugin = {
  name: "unused",
  setup(build) {
    for (const { by, file } of UNUSED) {
      expecting(build, by, [file]);
      build.onLoad({ filter: file }, async ({ path }) => ({ contents: throwing(await exportsOf(path)) }));
    }
  },
};

async function exportsOf(file: string): Promise<string[]> {
  const { metafile } = await bundle({
    entryPoints: [file],
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "node",
  });
  return Object.values(metafile.outputs).flatMap((output) => output.exports);
}

const throwing = (names: readonly string[]): string => `
  function unused() { throw new Error("This was left out of the bundle: see infra/bundle/unused.ts"); }
  export { ${names.map((name) => `unused as ${name}`).join(", ")} };`;
