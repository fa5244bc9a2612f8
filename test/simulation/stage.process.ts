import { once } from "node:events";
import { evidenceOf } from "./evidence.ts";
import { liveThrough } from "./month.ts";
import type { Progress } from "./progress.ts";
import type { News, StageMonth } from "./side-by-side.ts";

/** A stage's month in a process of its own, which tells its parent how far it is and what it found. */
const month = JSON.parse(process.argv[2]!) as StageMonth;

const calledOff = new AbortController();
const { signal } = calledOff;
// The parent has no more use for it, or is gone. Ctrl-C in a terminal reaches every process by itself.
process.on("disconnect", () => calledOff.abort());
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => calledOff.abort());

const tell = (news: News): void => {
  // The parent may go away at any moment, and "disconnect" says so.
  process.send!(news, () => undefined);
};

try {
  const progress = (reached: Progress): void => tell({ progress: reached });
  tell({ evidence: await liveThrough({ ...month, signal, progress }, evidenceOf) });
  if (!signal.aborted) await once(signal, "abort");
  process.exit(0);
} catch (error) {
  if (!signal.aborted) {
    tell({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    await once(signal, "abort");
  }
  process.exit(1);
}
