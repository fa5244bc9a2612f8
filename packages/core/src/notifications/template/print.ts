import { parseArgs } from "node:util";
import { providerTemplates } from "./registration.ts";

const HELP = `Prints what has to be registered with a provider of WhatsApp before it sends Turno's messages, as JSON.

  npm run --silent templates -- --provider meta     bodies for POST /<account>/message_templates
  npm run --silent templates -- --provider twilio   bodies for POST /v1/Content, and for the approval of each
  npm run --silent templates                        both

The README of packages/core/src/notifications says how to register them.
`;

/** What the command line asks for. Throws an error for people when it asks for what there is not. */
export function printed(args: readonly string[]): string {
  const { values } = parseArgs({
    args: [...args],
    options: { provider: { type: "string" }, help: { type: "boolean", short: "h", default: false } },
  });
  if (values.help) return HELP;
  const { meta, twilio } = providerTemplates();
  switch (values.provider) {
    case undefined:
      return inJson({ meta, twilio });
    case "meta":
      return inJson(meta);
    case "twilio":
      return inJson(twilio);
    default:
      throw new Error(`--provider ${values.provider} is neither meta nor twilio.`);
  }
}

const inJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

if (import.meta.main) {
  try {
    process.stdout.write(printed(process.argv.slice(2)));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${HELP}`);
    process.exitCode = 1;
  }
}
