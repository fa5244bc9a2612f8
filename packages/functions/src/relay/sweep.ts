import { Request, Waitlist } from "@turno/core/booking";
import { Profile } from "@turno/core/identity";
import { type Context, Outbox } from "@turno/core/platform";

interface Options {
  readonly context: Context;
  readonly publish: Outbox.Publish;
}

/** What a sweep found undone and did. */
export interface Swept {
  readonly expired: number;
  readonly lapsed: number;
  readonly told: number;
}

/**
 * Once a minute: expires the requests and the waiting list's offers whose time is up and tells what the stream did not,
 * whatever got lost on the way.
 *
 * It needs the table and nothing else, so that a slot is free again within minutes also while the workflow service is
 * down. Throws when something stays undone, after all else is done.
 */
export const sweeper =
  ({ context, publish }: Options) =>
  async (): Promise<Swept> => {
    const [expired, lapsed, told] = await Promise.allSettled([
      Request.expireOverdue(context, Profile.practice),
      Waitlist.lapseOverdue(context),
      Outbox.sweep(context, publish),
    ]);
    const failures = [expired, lapsed, told].flatMap((part) =>
      part.status === "rejected" ? [part.reason] : [],
    );
    // By name alone: an error's message may hold what a log must not.
    if (failures.length > 0)
      throw new Error(`The sweep is not complete: ${failures.map(nameOf).join(", ")}.`);
    return {
      expired: expired.status === "fulfilled" ? expired.value.length : 0,
      lapsed: lapsed.status === "fulfilled" ? lapsed.value.length : 0,
      told: told.status === "fulfilled" ? told.value : 0,
    };
  };

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : "Error");
