import { type Context, idFrom, type PracticeOf } from "../../platform/index.ts";
import { endEach } from "../appointment/overdue.ts";
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
  const expired = await endEach(
    await (profileId ? dueOf(context, profileId, now) : due(context, now)),
    async (request) => end(context, await practiceOf(context, request.profileId), request),
    AlreadyDecided,
  );
  return expired.map(({ appointmentId }) => idFrom("request", appointmentId));
}
