import type { EventData } from "../../platform/events/index.ts";
import type { Trigger } from "./run.ts";

/** The event that begins one workflow anew: what it began with, and which run it repeats. */
export const RETRY = "workflow/retry";

interface Repeated {
  readonly workflow: string;
  readonly runId: string;
  readonly attempt: number;
}

/**
 * A trigger as the data of {@link RETRY}. The fields stay where they are, so that what matches them (cancellation, keys)
 * matches the retry as well.
 */
export function wrapped(event: Trigger, { workflow, runId, attempt }: Repeated): EventData<typeof RETRY> {
  const { name, id, ts, data } = unwrapped(event);
  return { ...data, retry: { workflow, runId, attempt, name, id, ts } };
}

/** The event that a retry repeats, under its own name and id; any other event is itself. */
export function unwrapped(event: Trigger): Trigger & { readonly retryOf?: string } {
  if (event.name !== RETRY) return event;
  const { retry, ...data } = event.data as EventData<typeof RETRY>;
  const { name, id, ts, runId } = retry;
  return { name, id, ts, data, retryOf: runId };
}
