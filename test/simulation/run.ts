import { writeFileSync } from "node:fs";
import { styleText } from "node:util";
import { thisMachine } from "../bench/report/machine.ts";
import { dealt } from "./deal.ts";
import { help, type Options, readOptions } from "./options.ts";
import { barOn } from "./progress.ts";
import { isMet, printed } from "./report.ts";
import { countsOf, resultsOf } from "./results.ts";
import { sideBySide } from "./side-by-side.ts";

async function main({ json, ...options }: Options): Promise<void> {
  const { cores, processor, memoryGiB, node, commit, load } = thisMachine();
  console.log(
    `${cores} cores of ${processor}, ${memoryGiB} GiB, Node ${node}, commit ${commit}, load ${load}`,
  );
  const { days, doctors, bookings, kills: planned, seed, stages } = options;
  const months = dealt({ days, doctors, bookings, kills: planned, seed }, stages);
  const bar = barOn(process.stderr);
  const began = performance.now();
  const evidence = await sideBySide(months, { progress: bar.show, signal: calledOff() }).finally(bar.clear);
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  const results = resultsOf(evidence);
  const counts = countsOf(evidence);
  const kills = evidence.reduce((sum, stage) => sum + stage.kills, 0);
  console.log(
    `\n${styleText("bold", `${days} days of ${doctors} doctors`)} in ${stages} ${stages === 1 ? "stage" : "stages"}, seed ${seed}, killed ${kills} times, in ${seconds} s`,
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

/** Says when somebody wants it to end: not before all that it has made is gone. */
function calledOff(): AbortSignal {
  const ending = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => ending.abort(new Error(`Ended by ${name}.`)));
  }
  return ending.signal;
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) process.stdout.write(help);
  else await main(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
