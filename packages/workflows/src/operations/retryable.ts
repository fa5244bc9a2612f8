import { Run } from "@turno/core/operations";
import { type InngestFunction, Middleware } from "inngest";

interface Options {
  readonly id: string;
  triggers?: readonly { readonly event?: unknown; readonly cron?: unknown; readonly name?: unknown }[];
  idempotency?: string;
}

const beginsByEvent = ({ event, name }: NonNullable<Options["triggers"]>[number]): boolean =>
  event === undefined ? name !== undefined : !String(event).startsWith("inngest/");

/**
 * A workflow that can be begun anew: by the event that names it, and past the key by which the service would know the
 * first time. Of all that begin with the same event it is the only one.
 *
 * A key looks only at what every event has: what it makes of a missing field is the service's secret.
 */
export function retryable(workflow: InngestFunction.Any): InngestFunction.Any {
  const options = workflow.opts as Options;
  const { id, triggers = [], idempotency } = options;
  if (!triggers.some(beginsByEvent)) return workflow;
  options.triggers = [
    ...triggers,
    { event: Run.RETRY, if: `event.data.retry.workflow == "${id}"` } as object,
  ];
  if (idempotency) options.idempotency = `event.name == "${Run.RETRY}" ? event.id : ${idempotency}`;
  return workflow;
}

/** Hands a run that repeats another the event that the other began with, under its name and id. */
export class Retries extends Middleware.BaseMiddleware {
  readonly id = "retries";

  override transformFunctionInput(
    input: Middleware.TransformFunctionInputArgs,
  ): Middleware.TransformFunctionInputArgs {
    const { event, events } = input.ctx;
    if (event.name !== Run.RETRY) return input;
    return { ...input, ctx: { ...input.ctx, event: first(event), events: events.map(first) as never } };
  }
}

/** The event of the first time, with the id of the run that it began then. */
const first = (event: object) => ({ ...event, ...Run.unwrapped(event as Run.Trigger) });

/** Whether somebody has asked for a run anew, and it began with this event. */
export const isRetry = (event: object): boolean => "retryOf" in event && event.retryOf !== undefined;
