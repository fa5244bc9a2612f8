import type { Context } from "@turno/core/platform";
import { onTestFinished } from "vitest";

/** How a request can end, each by somebody else. */
export const ENDS = ["approved", "rejected", "cancelled", "expired"] as const;

export type End = (typeof ENDS)[number];

/** Those who decide on one request, and wait for each other when each has read that nobody has decided. */
export interface Meeting {
  /** Resolves when whoever wants this end has come. */
  has(end: End): Promise<void>;
  /** Resolves when all have come, and go on. */
  readonly isOver: Promise<void>;
}

interface Change {
  readonly Update?: {
    readonly Key: { readonly pk: string };
    readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>>;
  };
}

/** Lets a request's deciders meet, and go on by this order. */
export type Meet = (appointmentId: string, order: readonly End[]) => Meeting;

/**
 * A door before the table for the rest of a test. A decision on a request that has a meeting stops there before it is
 * written. When there is one for every end, all go on in the same moment; what comes later passes.
 */
export function doorBefore({ client }: Context["table"]): Meet {
  const entrances = new Map<string, (end: End) => Promise<void>>();
  const name = "decisions meet";
  client.middlewareStack.add(
    (next) => async (args) => {
      const { TransactItems = [] } = args.input as { readonly TransactItems?: readonly Change[] };
      for (const { Update } of TransactItems) {
        const enter = Update && entrances.get(Update.Key.pk.slice(-ULID_LENGTH));
        const end = ENDS.find((word) =>
          Object.values(Update?.ExpressionAttributeValues ?? {}).includes(word),
        );
        if (enter && end) await enter(end);
      }
      return next(args);
    },
    { step: "initialize", name, priority: "high" },
  );
  onTestFinished(() => {
    client.middlewareStack.remove(name);
  });

  return (appointmentId, order) => {
    const arrivals = new Map(order.map((end) => [end, Promise.withResolvers<void>()]));
    const isOver = Promise.all([...arrivals.values()].map(({ promise }) => promise)).then(() => undefined);
    const turns = new Map<End, Promise<void>>();
    let turn = isOver;
    for (const end of order) {
      turn = turn.then(() => undefined);
      turns.set(end, turn);
    }
    entrances.set(appointmentId.toLowerCase(), (end) => {
      arrivals.get(end)!.resolve();
      return turns.get(end)!;
    });
    return { has: (end) => arrivals.get(end)!.promise, isOver };
  };
}

const ULID_LENGTH = 26;
