import { execFileSync, spawn } from "node:child_process";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import type { Client } from "@turno/client";
import { clientOf } from "./client.ts";
import { send } from "./http.ts";

const root = resolve(import.meta.dirname, "../..");

/** Turno in processes of its own, as `npm start` starts it. */
export interface StageProcess {
  /** The API for a member of the demo clinic's staff, or for anybody. */
  api(as?: string): Promise<Client>;
  /** Asks one of the routes of this machine, such as `GET /_local/clock`. */
  local<Answer>(route: string, body?: object): Promise<Answer>;
  /** Ends every process of it at once, by SIGKILL, and returns when they are gone. */
  kill(): Promise<void>;
}

/**
 * Starts it on a state folder and returns when it is ready. `hear` is told all that it prints. Whoever starts it has to
 * kill it.
 */
export async function startProcess(stateDir: string, hear: (line: string) => void): Promise<StageProcess> {
  const command = [
    "packages/local/run.mjs",
    "packages/local/src/start.ts",
    "--state",
    stateDir,
    "--port",
    "0",
  ];
  const child = spawn(process.execPath, command, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  let killed: Promise<void> | undefined;
  const kill = (): Promise<void> => {
    killed ??= killFamily(familyOf(child.pid!)).then(() => ended);
    return killed;
  };

  const ready = Promise.withResolvers<string>();
  createInterface(child.stderr).on("line", hear);
  createInterface(child.stdout).on("line", (line) => {
    hear(line);
    if (line.startsWith("ready ")) ready.resolve(line.slice("ready ".length));
  });
  const gone = ended.then(() => Promise.reject(new Error("Turno ended before it was ready")));
  const url = await Promise.race([ready.promise, gone]);

  async function local<Answer>(route: string, body?: object): Promise<Answer> {
    const [method, path] = route.split(" ") as [string, string];
    const headers = { "content-type": "application/json" };
    const sent = body ? { method, headers, body: JSON.stringify(body) } : { method };
    const { status, text } = await send(`${url}${path}`, sent);
    if (status !== 200) throw new Error(`${route} answered ${status}: ${text}`);
    return JSON.parse(text) as Answer;
  }
  return {
    async api(as) {
      if (as === undefined) return clientOf(url);
      return clientOf(url, (await local<{ token: string }>("POST /_local/token", { as })).token);
    },
    local,
    kill,
  };
}

/** A process and all that descend from it: the runner, the runtime, the database and whoever watches over them. */
function familyOf(pid: number): number[] {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  const parents = lines.map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  const family = [pid];
  for (const member of family) {
    family.push(...parents.filter(([, parent]) => parent === member).map(([child]) => child));
  }
  return family;
}

/** A killed process closes its files before it is gone, and until then its database is taken. */
async function killFamily(family: readonly number[]): Promise<void> {
  for (const pid of family) killAtOnce(pid);
  while (family.some(isThere)) await wait(5);
}

/** Whether a process is there; one that has ended and waits for its parent to notice is not. */
function isThere(pid: number): boolean {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,stat="], { encoding: "utf8" }).trim().split("\n");
  return lines.some((line) => {
    const [there, state] = line.trim().split(/\s+/);
    return Number(there) === pid && !state!.startsWith("Z");
  });
}

function killAtOnce(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    // One of the watchers was faster.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
