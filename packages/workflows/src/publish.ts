import type { Outbox } from "@turno/core/platform";
import type { Client } from "./client.ts";

/** The service takes 512 KB in one request; what is not told in numbers is the request around the events. */
const MOST_EVENTS = 100;
const MOST_CHARACTERS = 400_000;

type Event = Parameters<Outbox.Publish>[0][number];

/** Sends events to the workflow service, in requests of a size that it takes. Throws when one is not accepted. */
export const publishTo =
  ({ inngest }: { readonly inngest: Client }): Outbox.Publish =>
  async (events) => {
    for (const request of requestsOf(events)) await inngest.send(request);
  };

function requestsOf(events: readonly Event[]): Event[][] {
  const requests: Event[][] = [];
  let characters = 0;
  for (const event of events) {
    const length = JSON.stringify(event).length;
    const last = requests.at(-1);
    if (last && last.length < MOST_EVENTS && characters + length <= MOST_CHARACTERS) {
      last.push(event);
      characters += length;
    } else {
      requests.push([event]);
      characters = length;
    }
  }
  return requests;
}
