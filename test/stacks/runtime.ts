import { fork } from "node:child_process";
import path from "node:path";
import { type Bundle, fileOf } from "./bundle.ts";

export interface Run {
  /** What loading the bundle took of a processor, in milliseconds: other processes disturb it less than the clock. */
  readonly importMs: number;
  readonly answers: readonly unknown[];
  /** What it wrote. */
  readonly log: string;
}

const RUNTIME = path.join(import.meta.dirname, "runtime.fixture.ts");

/**
 * Starts a bundle in a process of its own, as Lambda does: in its own folder, where nothing else can be found, and with
 * no variables but these. Calls it with the events, one after the other.
 *
 * Throws when it cannot be loaded, or fails.
 */
export async function run(
  bundle: Pick<Bundle, "folder" | "handler">,
  variables: Record<string, string>,
  events: readonly unknown[] = [],
): Promise<Run> {
  const file = fileOf(bundle);
  const name = bundle.handler.slice(bundle.handler.lastIndexOf(".") + 1);
  const child = fork(RUNTIME, [file, name], {
    cwd: bundle.folder,
    env: variables,
    execArgv: [],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  for (const stream of [child.stdout!, child.stderr!]) stream.on("data", (chunk) => (output += chunk));
  const ended = new Promise<never>((_, reject) => {
    child.on("exit", (code) =>
      reject(new Error(`${bundle.handler} ended with ${code}:\n${output.slice(-4000)}`)),
    );
  });
  const answered = new Promise<Run>((resolve) =>
    child.once("message", (run) => resolve({ ...(run as Run), log: output })),
  );
  child.send({ events });
  return Promise.race([answered, ended]);
}
