import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { startStage } from "./stage/index.ts";

const HELP = `Turno on this machine: the API, the workflows, the messages, and a clinic to try them with.

  npm start                     go on from where it stopped
  npm start -- --fresh          begin again with a new demo clinic
  npm start -- --port 4000      another port (also by PORT; 3000 otherwise)
  npm start -- --state <folder> keep the state elsewhere (.turno otherwise)

  DYNAMODB_ENDPOINT  use this DynamoDB in place of the embedded one
  INNGEST_DEV        use this Inngest dev server in place of the embedded engine

  Messages go to stand-ins on this machine, unless there are credentials of a provider: TWILIO_…, META_…, RESEND_…, SES_…,
  VAPID_…, and STRIPE_… for payments (docs/architecture.md, "Settings").
`;

const root = resolve(import.meta.dirname, "../../..");

/** Everything up, a line `ready <url>`, and nothing left running after Ctrl-C. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      fresh: { type: "boolean", default: false },
      port: { type: "string", default: process.env.PORT ?? "3000" },
      state: { type: "string", default: join(root, ".turno") },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  // npm's own say nothing here, and the workflows' SDK goes through all of them with every call.
  for (const name of Object.keys(process.env)) if (name.startsWith("npm_")) delete process.env[name];
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port ${values.port} is not a port.`);
  const stage = await startStage({
    stateDir: resolve(values.state),
    fresh: values.fresh,
    port,
    databaseEndpoint: process.env.DYNAMODB_ENDPOINT,
    inngestUrl: process.env.INNGEST_DEV,
    environment: process.env,
    say: (line) => console.log(line),
  });
  endWith(stage.close);
  const { url, machine } = stage;
  console.log(`
  API          ${url}/v1/clinics/${machine.demo.organization.slug}
  reference    ${url}/docs
  messages     ${url}/_local/phone
  sent by      ${sendersOf(machine.realProviders)}
  runs         ${machine.engine?.url ?? process.env.INNGEST_DEV}
  clock        ${new Date(machine.clock.now()).toISOString()}  (moves with POST ${url}/_local/clock)
`);
  console.log(`ready ${url}`);
}

/** Which providers really send, and which are played. */
const sendersOf = (real: readonly string[]): string =>
  real.length === 0
    ? "stand-ins on this machine"
    : `${real.join(", ")}; stand-ins on this machine for the others`;

/** A terminal's Ctrl-C arrives twice, from the terminal and from npm; only a later one means impatience. */
const IMPATIENT_AFTER_MS = 2_000;

/** Closes everything on Ctrl-C or a polite kill; whoever asks again does not wait. */
function endWith(close: () => Promise<void>): void {
  let since: number | undefined;
  const end = (signal: NodeJS.Signals): void => {
    if (since !== undefined) {
      if (performance.now() - since > IMPATIENT_AFTER_MS) process.exit(1);
      return;
    }
    since = performance.now();
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(`could not end cleanly after ${signal}:`, error);
        process.exit(1);
      },
    );
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
