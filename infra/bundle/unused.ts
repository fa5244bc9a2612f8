import { build as bundle, type Plugin } from "esbuild";

/** What libraries bring along and no Lambda of ours ever calls. */
const UNUSED = [
  // The contract is written as OpenAPI when Turno is built, not while it runs.
  /[\\/]zod[\\/]v4[\\/]core[\\/](json-schema-processors|to-json-schema)\.js$/,
  // DynamoDB has no operation that streams events.
  /[\\/]@smithy[\\/]core[\\/]dist-es[\\/]submodules[\\/]event-streams[\\/]index\.js$/,
];

/** Leaves out unused modules: what they export is there, and throws when it is called after all. */
export const unused: Plugin = {
  name: "unused",
  setup(build) {
    for (const filter of UNUSED) {
      build.onLoad({ filter }, async ({ path }) => ({ contents: throwing(await exportsOf(path)) }));
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
  const unused = () => { throw new Error("This was left out of the bundle: see infra/bundle/unused.ts"); };
  export { ${names.map((name) => `unused as ${name}`).join(", ")} };`;
