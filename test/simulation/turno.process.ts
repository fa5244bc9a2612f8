import { startStage } from "@turno/local/stage";
import type { Ask, Command, Commands, Told } from "./turno.ts";

/** A whole Turno in a process of its own, which its parent asks over the channel between them, and may kill. */
const [stateDir, databaseEndpoint] = process.argv.slice(2) as [string, string];

// Libraries make errors that nobody throws, and their traces would take a tenth of the time.
Error.stackTraceLimit = 0;

const ignore = (): void => undefined;
const stage = await startStage({
  ...{ stateDir, databaseEndpoint },
  isEmpty: true,
  log: ignore,
  // One call in twenty fails here: that is what the month is for, and no news.
  inngestLogger: { info: ignore, warn: ignore, error: ignore, debug: ignore },
});
const { machine } = stage;

/** Shorter than a quarter of an hour, in which nobody writes the same twice. */
const JUST_NOW_MS = 600_000;
const isJustNow = (at: string): boolean => machine.clock.now() - Date.parse(at) < JUST_NOW_MS;

const commands: Commands = {
  token: ({ email }) =>
    machine.issuer.mint({ subject: email, email, name: email, audience: machine.audience }),
  async advance({ to }) {
    await machine.advanceTo(to);
  },
  messages: async ({ after = 0, to }) => [...machine.providers.messages({ to })].reverse().slice(after),
  async fail(fault) {
    machine.providers.fail(fault);
  },
  async failPayments(fault) {
    machine.payments.fail(fault);
  },
  async answer({ message: { provider, channel, from: to, to: from, providerMessageId }, body, quotes }) {
    const isSaid = machine.providers
      .said()
      .some((said) => said.from === from && said.body === body && isJustNow(said.saidAt));
    if (isSaid) return;
    machine.providers.say({
      ...{ provider, channel, from, to, body },
      ...(quotes && { inReplyTo: providerMessageId }),
    });
  },
  async pay({ reference }) {
    const page = machine.payments.taken().find((taken) => taken.reference === reference);
    if (!page) return false;
    // Its server may have had another address when the page was made.
    const url = new URL(new URL(page.url).pathname, machine.payments.variables.STRIPE_API_URL);
    const { headers } = await fetch(url, { method: "POST", redirect: "manual" });
    return headers.get("location") === page.successUrl;
  },
  payments: async () => machine.payments.taken(),
};

const tell = (told: Told): void => void process.send!(told);

process.on("message", async ({ id, command, given }: Ask) => {
  try {
    tell({ id, answer: await commands[command as Command](given as never) });
  } catch (error) {
    tell({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
// Nobody is left to ask anything.
process.on("disconnect", () => process.exit(0));

tell({ id: 0, answer: stage.url });
