import { type Context, idFrom, type Practice } from "../../platform/index.ts";
import { expire } from "./expire.ts";
import { due } from "./request.store.ts";
import { AlreadyDecided } from "./request.ts";

interface Calendars {
  /** The practice of a profile: booking does not know identity. */
  readonly practiceOf: (profileId: string) => Promise<Practice>;
  /** Only this calendar; all of them when left out. */
  readonly profileId?: string;
}

/**
 * Expires the requests whose time is up and returns their ids: for jobs, which make sure of what a request's own
 * workflow does at its minute.
 *
 * One that cannot be expired keeps none of the others; it is thrown for when they are done.
 */
export async function expireOverdue(
  context: Context,
  { practiceOf, profileId }: Calendars,
): Promise<string[]> {
  const requests = await due(context, context.now());
  const expired: string[] = [];
  const failures: unknown[] = [];
  for (const request of requests) {
    if (profileId && request.profileId !== profileId) continue;
    const requestId = idFrom("request", request.appointmentId);
    try {
      await expire(context, await practiceOf(request.profileId), requestId);
      expired.push(requestId);
    } catch (error) {
      // Decided since the index was read.
      if (!(error instanceof AlreadyDecided)) failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} requests did not expire`);
  return expired;
}
