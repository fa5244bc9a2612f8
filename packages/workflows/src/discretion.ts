import { Request } from "@turno/core/booking";
import { Channel } from "@turno/core/notifications";
import { Payment } from "@turno/core/payments";
import { Busy, Refusal } from "@turno/core/platform";
import { Middleware, NonRetriableError, RetryAfterError, StepError } from "inngest";

/**
 * What the service is told of an error, and whether trying again makes sense: a refusal of the domain stays one, except
 * where time or luck may turn it; everything else may pass.
 *
 * The service keeps what it is told, so an error that was not written by us loses its message, which might name a
 * person, and keeps its name and where it happened.
 */
export function told(error: unknown): Error {
  if (error instanceof NonRetriableError || error instanceof RetryAfterError || error instanceof StepError) {
    return error;
  }
  if (error instanceof Channel.TryLater) return later(error.message, error.retryAfterSeconds);
  if (error instanceof Payment.TryLater) return later(error.message, error.retryAfterSeconds);
  if (error instanceof Payment.Refused) return new NonRetriableError(error.message);
  if (error instanceof Request.NotDue) return later(error.message, 1);
  if (error instanceof Busy) return later(error.message);
  if (error instanceof Refusal) return new NonRetriableError(`${error.type}: ${error.message}`);
  if (error instanceof AggregateError) return told(error.errors[0]);
  return nameless(error);
}

const later = (message: string, seconds?: number): Error =>
  seconds === undefined ? new Error(message) : new RetryAfterError(message, seconds * 1000);

function nameless(error: unknown): Error {
  if (!(error instanceof Error)) return new Error("A step failed with no error.");
  const { name, cause, stack } = error;
  const bare = new Error(`A step failed with ${cause instanceof Error ? `${name}: ${cause.name}` : name}.`);
  bare.name = name;
  const frames = stack?.split("\n").filter((line) => /^\s+at /.test(line)) ?? [];
  bare.stack = [`${name}: ${bare.message}`, ...frames].join("\n");
  return bare;
}

/** Keeps people out of what the service is told of failures, whichever workflow fails. */
export class Discretion extends Middleware.BaseMiddleware {
  readonly id = "discretion";

  override async wrapStepHandler({ next }: Middleware.WrapStepHandlerArgs): Promise<unknown> {
    return discreetly(next);
  }

  override async wrapFunctionHandler({ next }: Middleware.WrapFunctionHandlerArgs): Promise<unknown> {
    return discreetly(next);
  }
}

async function discreetly(next: () => Promise<unknown>): Promise<unknown> {
  try {
    return await next();
  } catch (error) {
    throw told(error);
  }
}
