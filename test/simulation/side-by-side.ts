import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Evidence } from "./evidence.ts";
import type { MonthOptions } from "./month.ts";
import { type Progress, together } from "./progress.ts";

/** What the process of a stage tells. */
export type News =
  | { readonly progress: Progress }
  | { readonly evidence: Evidence }
  | { readonly failure: string };

/** What a stage is told to live through. */
export type StageMonth = Omit<MonthOptions, "progress" | "signal" | "habits">;

interface Watched {
  readonly progress: (progress: Progress) => void;
  /** Ends them all at once. */
  readonly signal: AbortSignal;
}

const PROCESS = join(import.meta.dirname, "stage.process.ts");

/**
 * Lives through months side by side, each in a process of its own: a Turno waits for one thing at a time, and leaves most
 * cores idle. When one fails all are ended. Returns when every process is gone, with all that it had made.
 */
export async function sideBySide(
  months: readonly StageMonth[],
  { progress, signal }: Watched,
): Promise<Evidence[]> {
  signal.throwIfAborted();
  const reached = new Map<StageMonth, Progress>();
  const stages = months.map((month) =>
    startStage(month, (own) => {
      reached.set(month, own);
      const haveAllBegun = reached.size === months.length;
      if (haveAllBegun) progress(together([...reached.values()]));
    }),
  );
  const end = (): void => {
    for (const stage of stages) stage.end();
  };
  signal.addEventListener("abort", end);
  try {
    return await Promise.all(stages.map(({ evidence }) => evidence));
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    end();
    await Promise.all(stages.map(({ gone }) => gone));
  }
}

interface Stage {
  readonly evidence: Promise<Evidence>;
  /** Settles when the process is no more. */
  readonly gone: Promise<unknown>;
  /** Nobody listens to it any more, so that it ends. */
  end(): void;
}

function startStage(month: StageMonth, progress: Watched["progress"]): Stage {
  const child = fork(PROCESS, [JSON.stringify(month)]);
  const gone = once(child, "exit");
  const end = (): void => {
    if (child.connected) child.disconnect();
  };
  const { promise: evidence, resolve, reject } = Promise.withResolvers<Evidence>();
  child.on("message", (news: News) => {
    if ("progress" in news) return progress(news.progress);
    if ("evidence" in news) resolve(news.evidence);
    else reject(new Error(news.failure));
    end();
  });
  gone.then(([code, signal]) => reject(new Error(`A stage ended with ${signal ?? code}.`)), reject);
  return { evidence, gone, end };
}
