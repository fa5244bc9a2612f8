import { constants } from "node:os";

type End = () => Promise<void> | void;

/** What was started and is to be ended, what began last first. */
export interface Endings {
  add(end: End): void;
  /** Ends everything. */
  all(): Promise<void>;
  /** Whether somebody asked this process to go: nothing is to be started any more. */
  readonly called: boolean;
}

/** A terminal's Ctrl-C arrives twice, from the terminal and from npm; only a later one means impatience. */
const IMPATIENT_AFTER_MS = 2_000;

/** Ends everything when this process is asked to go, and then goes; whoever asks again does not wait. */
export function endingsOfThisProcess(): Endings {
  const ends: End[] = [];
  let since: number | undefined;
  const all = async (): Promise<void> => {
    for (let end = ends.pop(); end; end = ends.pop()) await end();
  };
  const go = (signal: NodeJS.Signals): void => {
    const status = 128 + constants.signals[signal];
    if (since !== undefined) {
      if (performance.now() - since > IMPATIENT_AFTER_MS) process.exit(status);
      return;
    }
    since = performance.now();
    all().then(
      () => process.exit(status),
      (error: unknown) => {
        console.error("Something may still be running:", error);
        process.exit(status);
      },
    );
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, go);
  return {
    add: (end) => ends.push(end),
    all,
    get called() {
      return since !== undefined;
    },
  };
}
