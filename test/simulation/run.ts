import { writeFileSync } from "node:fs";
import { styleText } from "node:util";
import { thisMachine } from "../bench/report/machine.ts";
import { liveThrough } from "./month.ts";
import { help, type Options, readOptions } from "./options.ts";
import { barOn } from "./progress.ts";
import { isMet, printed } from "./report.ts";
import { resultsOf } from "./results.ts";

async function main({ json, ...options }: Options): Promise<void> {
  const { cores, processor, memoryGiB, node, commit, load } = thisMachine();
  console.log(
    `${cores} cores of ${processor}, ${memoryGiB} GiB, Node ${node}, commit ${commit}, load ${load}`,
  );
  const bar = barOn(process.stderr);
  const began = performance.now();
  const { results, counts, kills } = await liveThrough({ ...options, progress: bar.show }, async (month) => ({
    results: await resultsOf(month),
    counts: Object.fromEntries([...month.book.counts].sort()),
    kills: month.office.kills,
  }));
  bar.clear();
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  const { days, doctors, seed } = options;
  console.log(
    `\n${styleText("bold", `${days} days of ${doctors} doctors`)}, seed ${seed}, killed ${kills} times, in ${seconds} s`,
  );
  console.log(
    styleText(
      "dim",
      Object.entries(counts)
        .map(([what, number]) => `${what} ${number}`)
        .join(" · "),
    ),
  );
  console.log(`\n${printed(results)}`);
  if (json)
    writeFileSync(json, `${JSON.stringify({ ...options, seconds, kills, counts, results }, undefined, 2)}\n`);
  if (!results.every(isMet)) process.exitCode = 1;
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) process.stdout.write(help);
  else await main(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
