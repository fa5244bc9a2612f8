import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Bench } from "../part.ts";
import { type Caller, callerOf } from "./caller.ts";
import { quiet } from "./quiet.ts";
import { startTurno } from "./turno.ts";

const temporary = (): string => mkdtempSync(join(tmpdir(), "turno-bench-"));

/** An empty folder that is gone when the part is over. */
export function emptyFolder(bench: Bench): string {
  const folder = temporary();
  bench.ending(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

let original: Promise<string> | undefined;

/**
 * A copy of the state of a Turno that was started once and has come to rest. A first start has workflows make the
 * slots of the demo clinic, some seconds later, and what is measured meanwhile shares the machine with them.
 */
export async function restedState(bench: Bench): Promise<string> {
  original ??= startOnce(bench);
  const folder = emptyFolder(bench);
  cpSync(await original, folder, { recursive: true });
  return folder;
}

async function startOnce(bench: Bench): Promise<string> {
  const state = temporary();
  process.on("exit", () => rmSync(state, { recursive: true, force: true }));
  bench.say("a first start, and its workflows");
  const turno = await startTurno(bench, { state });
  const caller = callerOf(turno.url, 1);
  for (const workflow of ["availability-changed", "services-changed"]) {
    while (!(await hasRun(caller, workflow))) await wait(200);
  }
  await quiet(caller);
  caller.close();
  await turno.end();
  return state;
}

async function hasRun(caller: Caller, workflow: string): Promise<boolean> {
  const { items } = await caller.take<{ items: unknown[] }>("GET", `/_local/runs?workflow=${workflow}`);
  return items.length > 0;
}
