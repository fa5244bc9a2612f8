import { writeFileSync } from "node:fs";
import { styleText } from "node:util";
import { endingsOfThisProcess } from "./ending.ts";
import { help, type Options, readOptions } from "./options.ts";
import type { Part } from "./part.ts";
import { thisMachine } from "./report/machine.ts";
import { progressOn } from "./report/progress.ts";
import { printed, recorded, type Table } from "./report/table.ts";

interface Outcome {
  readonly part: string;
  readonly seconds: number;
  readonly tables: readonly Table[];
  readonly error?: string;
}

const endings = endingsOfThisProcess();
const progress = progressOn(process.stderr);

async function measure(part: Part, quick: boolean): Promise<Outcome> {
  const began = performance.now();
  const say = (line: string): void => progress.say(`${part.name}: ${line}`);
  const outcome = (found: Pick<Outcome, "tables" | "error">): Outcome => ({
    part: part.name,
    seconds: Math.round((performance.now() - began) / 100) / 10,
    ...found,
  });
  try {
    return outcome({ tables: await part.run({ quick, say, ending: endings.add }) });
  } catch (error) {
    return outcome({ tables: [], error: error instanceof Error ? error.stack : String(error) });
  } finally {
    say("ending what was started");
    await endings.all();
    progress.clear();
  }
}

function show({ part, seconds, tables, error }: Outcome): void {
  console.log(`\n${styleText("bold", part)} ${styleText("dim", `${seconds} s`)}`);
  for (const table of tables) console.log(`\n${printed(table)}`);
  if (error) console.log(`\n${styleText("red", "could not be measured")}\n${error}`);
}

async function main({ parts, quick, json }: Options): Promise<void> {
  const startedAt = new Date().toISOString();
  const machine = thisMachine();
  const { cores, processor, memoryGiB, node, commit, load } = machine;
  console.log(
    `${cores} cores of ${processor}, ${memoryGiB} GiB, Node ${node}, commit ${commit}, load ${load}${quick ? ", quick" : ""}`,
  );
  const outcomes: Outcome[] = [];
  for (const part of parts) {
    const outcome = await measure(part, quick);
    if (endings.called) return;
    show(outcome);
    outcomes.push(outcome);
    // After each part, so that a run that is cut short leaves what it found.
    const found = outcomes.map(({ tables, ...rest }) => ({ ...rest, tables: tables.map(recorded) }));
    writeFileSync(json, `${JSON.stringify({ startedAt, quick, machine, parts: found }, undefined, 2)}\n`);
  }
  console.log(`\n${styleText("dim", `written to ${json}`)}`);
  if (outcomes.some(({ error }) => error)) process.exitCode = 1;
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) process.stdout.write(help);
  else await main(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
