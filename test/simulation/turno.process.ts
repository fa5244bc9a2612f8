import { join } from "node:path";
import { startStage } from "@turno/local/stage";
import { functionsApart } from "./functions.ts";
import type { Ask, Command, Commands, Told } from "./turno.ts";

/** A whole Turno in a process of its own, which its parent asks over the channel between them, and may kill. */
const [stateDir, databaseEndpoint] = process.argv.slice(2) as [string, string];

const stage = await startStage({
  ...{ stateDir, databaseEndpoint },
  isEmpty: true,
  log: () => undefined,
  ...functionsApart(join(stateDir, "clock")),
});
const { machine } = stage;

const commands: Commands = {
  token: ({ email }) =>
    machine.issuer.mint({ subject: email, email, name: email, audience: machine.audience }),
  async advance({ to }) {
    await machine.advanceTo(to);
  },
  now: async () => machine.clock.now(),
  messages: async () => [...machine.providers.messages()].reverse(),
  async fail(fault) {
    machine.providers.fail(fault);
  },
  async say(saying) {
    machine.providers.say(saying);
  },
  runs: async (filter) => machine.engine!.runs({ ...filter, limit: 100_000 }),
  close: () => stage.close(),
};

const tell = (told: Told): void => void process.send!(told);

process.on("message", async ({ id, command, given }: Ask) => {
  try {
    tell({ id, answer: await commands[command as Command](given as never) });
  } catch (error) {
    tell({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
  if (command === "close") process.disconnect();
});
// Nobody is left to ask anything.
process.on("disconnect", () => process.exit(0));

tell({ id: 0, answer: stage.url });
