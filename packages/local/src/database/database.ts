import { spawn } from "node:child_process";
import { once } from "node:events";
import { serverCommand } from "./binary.ts";
import { type DatabaseLock, lockDatabase } from "./lock.ts";
import { freePort } from "./port.ts";
import { signalGroup } from "./process.ts";
import { answering, DatabaseNotStarted } from "./readiness.ts";
import { endWithThisProcess } from "./watcher.ts";

export interface DatabaseOptions {
  /** The SQLite file to keep the data in; without it the data lives in memory and ends with the database. */
  path?: string;
  /** A free port is chosen when it is left out. */
  port?: number;
}

export interface Database {
  endpoint: string;
  stop(): Promise<void>;
}

/**
 * Starts an embedded DynamoDB on loopback and returns when it answers. It ends with this process, however that ends.
 *
 * @throws DatabaseInUse when another running process has the file open.
 * @throws DatabaseNotStarted when there is no binary for this platform, or it fails.
 */
export async function startDatabase(options: DatabaseOptions = {}): Promise<Database> {
  const lock = options.path === undefined ? undefined : await lockDatabase(options.path);
  try {
    return await startOnFreePort(options, lock);
  } catch (error) {
    lock?.release();
    throw error;
  }
}

/** Between finding a free port and listening on it somebody else may take it, hence the attempts. */
async function startOnFreePort(options: DatabaseOptions, lock: DatabaseLock | undefined): Promise<Database> {
  const attempts = options.port === undefined ? 5 : 1;
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort());
    try {
      return await startServer(port, options.path, lock);
    } catch (error) {
      const taken = error instanceof DatabaseNotStarted && error.message.includes("already in use");
      if (!taken || attempt === attempts) throw error;
    }
  }
}

async function startServer(port: number, path: string | undefined, lock?: DatabaseLock): Promise<Database> {
  const command = serverCommand();
  const storage = path === undefined ? [] : ["--db-path", path];
  const server = spawn(command.file, [...command.args, "--port", String(port), ...storage], {
    stdio: ["ignore", "ignore", "pipe"],
    // Its own process group: Ctrl-C reaches the runtime, which ends the database last.
    detached: true,
  });
  const callOff = server.pid === undefined ? undefined : endWithThisProcess(server.pid);
  if (server.pid !== undefined) lock?.heldBy(server.pid);

  const exited = once(server, "exit").finally(callOff);
  exited.catch(() => undefined);
  const endpoint = `http://127.0.0.1:${port}`;
  try {
    await answering(server, endpoint, command);
  } catch (error) {
    if (server.pid !== undefined) signalGroup(server.pid, "SIGKILL");
    throw error;
  }
  server.unref();

  let stopping = false;
  const report = (): void => {
    if (!stopping) console.error(`The embedded database on ${endpoint} ended by itself`);
  };
  exited.then(report, report);
  return {
    endpoint,
    async stop() {
      if (stopping) return;
      stopping = true;
      server.ref();
      signalGroup(server.pid!, path === undefined ? "SIGKILL" : "SIGTERM");
      await exited;
      lock?.release();
    },
  };
}
