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
