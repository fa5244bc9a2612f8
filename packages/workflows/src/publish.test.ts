import type { Outbox } from "@turno/core/platform";
import { expect, onTestFinished, test, vi } from "vitest";
import { client } from "./client.ts";
import { publishTo } from "./publish.ts";

type Event = Parameters<Outbox.Publish>[0][number];

const anEvent = (index: number, length = 10): Event => ({
  name: "slot/released",
  id: `slot/released:${index}`,
  data: { slotId: "x".repeat(length) },
  ts: Date.UTC(2026, 2, 2),
});

/** A client whose service accepts everything, or answers with `status`. */
const given = (status = 200) => {
  const requests: { id: string }[][] = [];
  const inngest = client({
    eventKey: "test",
    fetch: async (_, init) => {
      const events = JSON.parse(String(init?.body));
      requests.push(events);
      return Response.json({ ids: events.map(() => "01"), status }, { status });
    },
  });
  return { requests, publish: publishTo({ inngest }) };
};

test("events go in requests of a hundred, in their order", async () => {
  const { requests, publish } = given();
  const events = [...Array(250).keys()].map((index) => anEvent(index));
  await publish(events);
  expect(requests.map(({ length }) => length)).toEqual([100, 100, 50]);
  expect(requests.flat().map(({ id }) => id)).toEqual(events.map(({ id }) => id));
});

test("long events go in requests that the service takes", async () => {
  const { requests, publish } = given();
  await publish([...Array(10).keys()].map((index) => anEvent(index, 90_000)));
  expect(requests.map(({ length }) => length)).toEqual([4, 4, 2]);
});

test("no events are no request", async () => {
  const { requests, publish } = given();
  await publish([]);
  expect(requests).toEqual([]);
});

test("what the service does not accept is thrown", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { requests, publish } = given(500);
  const published = expect(publish([anEvent(1)])).rejects.toThrow();
  await vi.runAllTimersAsync();
  await published;
  expect(requests.length).toBeGreaterThan(1);
});
