import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import type { Bench } from "../part.ts";

const ROOT = resolve(import.meta.dirname, "../../..");
const READY = /^ready (\S+)$/;
const ENDS_WITHIN_MS = 15_000;

export interface TurnoOptions {
  /** Where its state is kept. */
  readonly state: string;
  /** Instead of the embedded database. */
  readonly databaseEndpoint?: string;
}

/** Turno as `npm start` runs it, in processes of its own. */
export interface Turno {
  readonly url: string;
  /** Of npm, the first of its processes. */
  readonly pid: number;
  /** From the call of npm to the line that says that everything answers. */
  readonly readyAfterMs: number;
  /** Ends it and all that it started. */
  end(): Promise<void>;
}

/** Starts it on a free port; it ends with the part at the latest. Throws when it does not get ready. */
export async function startTurno(bench: Bench, options: TurnoOptions): Promise<Turno> {
  const began = performance.now();
  const npm = spawn("npm", ["start", "--", "--port", "0", "--state", options.state], {
    cwd: ROOT,
    env: environment(options),
    stdio: ["ignore", "pipe", "pipe"],
    // A process group of its own: Ctrl-C reaches the bench, which then ends it.
    detached: true,
  });
  const end = ender(npm);
  bench.ending(end);
  const url = await readiness(npm);
  return { url, pid: npm.pid!, readyAfterMs: performance.now() - began, end };
}

/** What a person's shell has, without what npm told the bench. */
function environment({ databaseEndpoint }: TurnoOptions): NodeJS.ProcessEnv {
  const { PORT, INNGEST_DEV, DYNAMODB_ENDPOINT, ...inherited } = process.env;
  const own = Object.entries(inherited).filter(([name]) => !name.startsWith("npm_"));
  return { ...Object.fromEntries(own), ...(databaseEndpoint && { DYNAMODB_ENDPOINT: databaseEndpoint }) };
}

function readiness(npm: ChildProcess): Promise<string> {
  const said: string[] = [];
  return new Promise((resolve, reject) => {
    npm.once("error", reject);
    npm.once("close", (code) => reject(new Error(`npm start ended with ${code}:\n${said.join("\n")}`)));
    // Also after it is ready: a process whose output nobody reads stands still.
    for (const output of [npm.stdout!, npm.stderr!]) {
      createInterface({ input: output }).on("line", (line) => {
        const url = READY.exec(line)?.[1];
        if (url) resolve(url);
        said.push(line);
        if (said.length > 20) said.shift();
      });
    }
  });
}

/** Asks all of its processes to go. Its output closes when the last of them is gone. */
function ender(npm: ChildProcess): () => Promise<void> {
  const gone = once(npm, "close").catch(() => undefined);
  const killed = () => signal(npm, "SIGKILL");
  process.on("exit", killed);
  return async () => {
    signal(npm, "SIGTERM");
    await Promise.race([gone, wait(ENDS_WITHIN_MS, undefined, { ref: false })]);
    killed();
    process.off("exit", killed);
  };
}

function signal({ pid }: ChildProcess, name: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, name);
  } catch (error) {
    // It has ended already.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
