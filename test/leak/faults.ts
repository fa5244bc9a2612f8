import { PROVIDER_KEY } from "@turno/local/stage";
import type { OpenStage } from "../stage/open.ts";

/** A failure that quotes all that it was about, as some do. */
class QuotingFault extends Error {
  override name = "QuotingFault";
  readonly input: object;

  constructor(input: object) {
    super(`this could not be done: ${JSON.stringify(input)}`);
    this.input = input;
  }
}

/** Lets the next calls to the table fail whose input says `word`. Returns how many there still are to come. */
export function failOn({ context }: OpenStage, word: string, times: number): () => number {
  let left = times;
  context.table.client.middlewareStack.add(
    (next) => (args) => {
      if (left === 0 || !JSON.stringify(args.input).includes(word)) return next(args);
      left -= 1;
      throw new QuotingFault(args.input);
    },
    { step: "initialize", name: `failing on ${word} ${context.newUlid()}` },
  );
  return () => left;
}

interface ProviderFault {
  readonly times: number;
  readonly status?: 429 | 500;
  readonly dropResponse?: boolean;
}

/** Lets the next messages fail at their provider. */
export async function failMessages({ machine }: OpenStage, fault: ProviderFault): Promise<void> {
  const { url } = machine.provider;
  const headers = { authorization: `Bearer ${PROVIDER_KEY}`, "content-type": "application/json" };
  const answer = await fetch(`${url}/faults`, { method: "POST", headers, body: JSON.stringify(fault) });
  if (!answer.ok) throw new Error(`the provider answered ${answer.status}`);
}
