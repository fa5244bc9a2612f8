import { catalogue, type EventName } from "@turno/core/events";
import { workflows } from "@turno/workflows";
import { describe, expect, test } from "vitest";
import { product } from "./sources.ts";

type Side = "producer" | "consumer";

const ownReminders = "A name that other systems use: here appointment-reminders sends the message itself.";
const ownMessages =
  "A name by which other systems ask for a message; those of Turno are told by its workflows.";
const otherSystems = "For other systems: what it tells has been done where it is told.";

/** Why an event of the catalogue has nobody here who tells it, or nobody who acts on it. */
const reasons: Partial<Record<EventName, Partial<Record<Side, string>>>> = {
  "reservation/attendance-confirmed": { consumer: otherSystems },
  "reservation/to-review": { consumer: otherSystems },
  "appointment/follow-up": { consumer: otherSystems },
  "appointment/reminder-24h": { consumer: ownReminders },
  "appointment/reminder-2h": { consumer: ownReminders },
  "doctor/new-request": { consumer: otherSystems },
  "doctor/request-expired": { consumer: otherSystems },
  "appointment/follow-up-answered": { consumer: otherSystems },
  "notification/delivered": { consumer: otherSystems },
  "notification/send": { producer: ownMessages, consumer: ownMessages },
  "payment/deposit-requested": { consumer: otherSystems },
  "slot/expired-cleanup": { consumer: otherSystems },
};

/** The quoted names inside every match of `pattern`. */
function namesIn(pattern: RegExp): Set<string> {
  const matches = product().flatMap(({ text }) => [...text.matchAll(pattern)].map(([match]) => match));
  return new Set(
    matches.flatMap((match) => [...match.matchAll(/"([a-z-]+\/[a-z0-9-]+)"/g)].map(([, name]) => name!)),
  );
}

/** Told in a transaction (`events: [...]`), announced by a workflow (`event: "..."`), or sent by a step. */
const producers = namesIn(/\bevents: \[[^\]]*\]|\bevent: "[^"]+"|\bevents\["[^"]+"\]\.create\(/g);

interface Reaction {
  readonly event?: string | { readonly event: string };
}

const nameIn = ({ event }: Reaction): string | undefined => (typeof event === "object" ? event.event : event);

/** What starts or ends a run, as it is registered with the service, and what a run waits for. */
function consumersOf(): Set<string> {
  // Nothing of it is used until a run begins.
  const { functions } = workflows({ context: {} as never, channels: {} as never, webUrl: "" });
  const reactions = functions.flatMap(({ opts: { triggers = [], cancelOn = [] } }) => [
    ...([triggers].flat() as Reaction[]),
    ...(cancelOn as Reaction[]),
  ]);
  const awaited = namesIn(/\bwaitForEvent\([^)]*\)/g);
  return new Set([...reactions.map(nameIn).filter((name) => name !== undefined), ...awaited]);
}

/** What the workflow service tells of its own runs is in no catalogue of ours. */
const consumers = new Set([...consumersOf()].filter((name) => !name.startsWith("inngest/")));

const names = Object.keys(catalogue) as EventName[];

describe("every event is told and acted on, or says why not", () => {
  test.each(names)("%s", (name) => {
    const lacks: Record<Side, boolean> = { producer: !producers.has(name), consumer: !consumers.has(name) };
    const { producer, consumer } = reasons[name] ?? {};
    expect(lacks).toEqual({ producer: producer !== undefined, consumer: consumer !== undefined });
  });
});

test("nothing is told or acted on that the catalogue does not know", () => {
  const known: readonly string[] = names;
  expect([...producers, ...consumers].filter((name) => !known.includes(name))).toEqual([]);
});
