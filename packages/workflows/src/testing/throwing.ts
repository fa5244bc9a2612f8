import { Middleware } from "inngest";

/** What every step threw once, and how often each was begun. */
export interface Thrown {
  /** For the client of the workflows. */
  readonly middleware: Middleware.Class;
  /** How often a step of a run was begun, the time that it threw included. */
  begun(runId: string, stepId: string): number;
}

/**
 * Lets every step that does or sends something throw the first time that its turn comes, before it has begun: the
 * service hears of the error, waits and tries again.
 */
export function throwingOnce(): Thrown {
  const begun = new Map<string, number>();
  const keyOf = (runId: string, stepId: string): string => `${runId} ${stepId}`;
  return {
    begun: (runId, stepId) => begun.get(keyOf(runId, stepId)) ?? 0,
    middleware: class Throwing extends Middleware.BaseMiddleware {
      readonly id = "throwing";

      override async wrapStepHandler({
        next,
        ctx,
        stepInfo,
      }: Middleware.WrapStepHandlerArgs): Promise<unknown> {
        const key = keyOf(ctx.runId, stepInfo.options.id);
        const times = (begun.get(key) ?? 0) + 1;
        begun.set(key, times);
        if (times === 1) throw new Error("the step threw");
        return next();
      }
    },
  };
}
