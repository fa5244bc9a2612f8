import { budgetOf, IMPORT_FACTOR } from "../stacks/budget.ts";
import { sizeOf } from "../stacks/bundle.ts";
import { importTimes } from "../stacks/import-time.ts";
import type { Part } from "./part.ts";

/** What every Lambda weighs, and how long it takes to load. */
export const bundles: Part = {
  name: "bundles",
  about: "size and import time of every Lambda, against AWS's client alone, as it comes and trimmed",
  async run({ quick, say, ending }) {
    // Only now: it gives this process the surroundings that SST builds in, and no npm that starts anything.
    const { discardStages, synthesize } = await import("../stacks/synth.ts");
    ending(discardStages);
    say("bundling a stage");
    const { bundles: made } = await synthesize("dev");
    const rounds = quick ? 3 : 11;
    say(`loading each ${rounds} times`);
    const { client, trimmedClient, lambdas } = await importTimes(made, { rounds });
    const msOf = new Map(lambdas.map(({ name, ms }) => [name, ms]));
    return [
      {
        title: "What a cold start loads",
        columns: [
          { name: "Lambda" },
          { name: "code", unit: "kB" },
          { name: "import", unit: "ms", digits: 1 },
          { name: "client as it comes", unit: "times", digits: 2 },
          { name: "client trimmed", unit: "times", digits: 2 },
        ],
        rows: made.map((bundle) => {
          const ms = msOf.get(bundle.name)!;
          const times = ms / client;
          return [
            bundle.name,
            { value: sizeOf(bundle) / 1000, atMost: budgetOf(bundle.name) / 1000 },
            ms,
            bundle.name.endsWith("-api") ? { value: times, atMost: IMPORT_FACTOR } : times,
            ms / trimmedClient,
          ];
        }),
        notes: [
          `AWS's client for DynamoDB alone, bundled with the same options: ${client.toFixed(1)} ms as it comes, which the budget is about, and ${trimmedClient.toFixed(1)} ms with all taken out of it that our Lambdas do without. Processor time, the best of ${rounds} starts.`,
          "Minified, without the source map.",
        ],
      },
    ];
  },
};
