import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import type { ServerCommand } from "./binary.ts";

/** The embedded database did not start; the message says how to go on without it. */
export class DatabaseNotStarted extends Error {
  override name = "DatabaseNotStarted";

  constructor(reason: string) {
    super(
      `The embedded DynamoDB (dynoxide) did not start: ${reason}\n` +
        "Set DYNAMODB_ENDPOINT to use another one, for example DynamoDB Local: " +
        "docker run -p 8000:8000 amazon/dynamodb-local, then DYNAMODB_ENDPOINT=http://127.0.0.1:8000",
    );
  }
}

/** Returns when the server has announced itself and answers; its announcement alone may come before it listens. */
export async function answering(
  server: ChildProcess,
  endpoint: string,
  command: ServerCommand,
): Promise<void> {
  const deadline = performance.now() + command.patienceMs;
  await announcement(server, command);
  while (!(await healthy(endpoint))) {
    if (server.exitCode !== null || performance.now() > deadline) {
      throw new DatabaseNotStarted(`no answer on ${endpoint}`);
    }
    await wait(2);
  }
}

function announcement(server: ChildProcess, command: ServerCommand): Promise<void> {
  const output = server.stderr as Readable & { unref(): void };
  const lines: string[] = [];
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => {
      clearTimeout(timer);
      reject(new DatabaseNotStarted(reason));
    };
    const timer = setTimeout(() => fail(`silent for ${command.patienceMs / 1000} s`), command.patienceMs);
    server.once("error", (error) => fail(error.message));
    server.once("close", (code) => fail([`exit code ${code}`, ...lines].join(": ")));
    createInterface({ input: output }).on("line", (line) => {
      if (line.includes("listening on")) {
        clearTimeout(timer);
        output.unref();
        resolve();
      } else if (lines.length < 5) lines.push(line);
    });
  });
}

async function healthy(endpoint: string): Promise<boolean> {
  try {
    const answer = await fetch(endpoint, { headers: { connection: "close" } });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}
