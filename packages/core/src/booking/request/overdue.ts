import { type Context, idFrom, type PracticeOf } from "../../platform/index.ts";
import { end } from "./expire.ts";
import { due, dueOf } from "./request.store.ts";
import { AlreadyDecided } from "./request.ts";

interface Options {
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
  practiceOf: PracticeOf,
  { profileId }: Options = {},
): Promise<string[]> {
  const now = context.now();
  const requests = await (profileId ? dueOf(context, profileId, now) : due(context, now));
  const expired: string[] = [];
  const failures: unknown[] = [];
  for (const request of requests) {
    try {
      await end(context, await practiceOf(context, request.profileId), request);
      expired.push(idFrom("request", request.appointmentId));
    } catch (error) {
      // Decided since the index was read.
      if (!(error instanceof AlreadyDecided)) failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} requests did not expire`);
  return expired;
}
