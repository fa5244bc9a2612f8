/** By the names of the package's scripts, what SST calls it. */
const COMMANDS = { synth: "build", diff: "diff", deploy: "deploy", remove: "remove" } as const;

type Name = keyof typeof COMMANDS;

/** A command line that says too little. */
export class Unclear extends Error {
  override readonly name = "Unclear";
}

const isName = (name: string): name is Name => Object.hasOwn(COMMANDS, name);

/**
 * What to run. The stage has to be said: SST would ask, or take whoever is signed in.
 *
 * @throws Unclear
 */
export function commandFor(
  name: string | undefined,
  stage: string | undefined,
): { command: (typeof COMMANDS)[Name]; stage: string } {
  if (name === undefined || !isName(name))
    throw new Unclear(`Say one of ${Object.keys(COMMANDS).join(", ")}.`);
  if (stage === undefined) throw new Unclear(`Say which stage: npm run ${name} -- --stage <name>`);
  if (!/^[a-z][a-z0-9-]{0,19}$/.test(stage)) {
    throw new Unclear("A stage has up to 20 small letters, digits and dashes, and begins with a letter.");
  }
  return { command: COMMANDS[name], stage };
}

/**
 * SST runs npm for every function, in a way that npm 12 refuses.
 *
 * @throws Unclear when `version` is not one of npm 11.
 */
export function npmOf(version: string): void {
  if (!version.startsWith("11.")) {
    throw new Unclear(`Stages are built by npm 11, and this is ${version}: npm install --global npm@11`);
  }
}
