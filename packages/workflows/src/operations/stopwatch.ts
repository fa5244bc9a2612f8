import { Run } from "@turno/core/operations";
import type { Context } from "@turno/core/platform";
import { Middleware } from "inngest";

/**
 * Adds what each step takes to its run, for one write unit and the moment that it needs.
 *
 * A run sleeps for days, and ends in another process than it began: only the table can add it up. A step whose time
 * could not be written has been done all the same.
 */
export const stopwatch = (context: Context) =>
  class Stopwatch extends Middleware.BaseMiddleware {
    readonly id = "stopwatch";

    override async wrapStepHandler({ next, ctx }: Middleware.WrapStepHandlerArgs): Promise<unknown> {
      const began = performance.now();
      let failed = true;
      try {
        const done = await next();
        failed = false;
        return done;
      } finally {
        const milliseconds = Math.round(performance.now() - began);
        await Promise.allSettled([Run.took(context, ctx.runId, { milliseconds, failed })]);
      }
    }
  };
