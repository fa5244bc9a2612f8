import { linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { readIfThere } from "../disk/index.ts";
import { identify, isRunning, killGroup, type ProcessIdentity } from "./process.ts";

/** Another running process has this database file open. */
export class DatabaseInUse extends Error {
  override name = "DatabaseInUse";
  readonly path: string;
  readonly ownerPid: number;

  constructor(path: string, ownerPid: number) {
    super(
      `The database ${path} is in use by process ${ownerPid}. Stop that process first, or use another file.`,
    );
    this.path = path;
    this.ownerPid = ownerPid;
  }
}

interface Holder {
  owner: ProcessIdentity;
  /** The database process, which leads a process group of its own. */
  server?: ProcessIdentity;
}

export interface DatabaseLock {
  /** Remembers the database process, so that the next start can end it if this process cannot. */
  heldBy(serverPid: number): void;
  release(): void;
}

/**
 * Takes a database file for this process. SQLite itself would let two servers share the file; a server whose owner
 * was killed is ended first.
 *
 * @throws DatabaseInUse when the owner of the lock still runs.
 */
export async function lockDatabase(path: string): Promise<DatabaseLock> {
  const file = `${path}.lock`;
  const owner = identify(process.pid)!;
  mkdirSync(dirname(path), { recursive: true });
  while (!create(file, { owner })) {
    const holder = read(file);
    if (holder && isRunning(holder.owner)) throw new DatabaseInUse(path, holder.owner.pid);
    if (holder?.server) await killGroup(holder.server);
    rmSync(file, { force: true });
  }
  return {
    heldBy(serverPid) {
      const draft = writeDraft(file, { owner, server: identify(serverPid) });
      renameSync(draft, file);
    },
    release: () => rmSync(file, { force: true }),
  };
}

/** A hard link appears with its whole content or not at all, and fails when the name is taken. */
function create(file: string, holder: Holder): boolean {
  const draft = writeDraft(file, holder);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function writeDraft(file: string, holder: Holder): string {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(holder));
  return draft;
}

/** A lock that was cut short by a power failure, or released since, names no holder. */
function read(file: string): Holder | undefined {
  try {
    return JSON.parse(readIfThere(file) ?? "null") ?? undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
