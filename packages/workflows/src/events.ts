import { catalogue, type EventData, type EventName } from "@turno/core/events";
import { EventType } from "inngest";
import type * as z from "zod";

type Received = {
  readonly [Name in EventName]: EventType<Name, z.ZodType<EventData<Name>, EventData<Name>>>;
};

/**
 * Every event of the catalogue as workflows receive it, by name: people's fields are opaque text by then.
 *
 * A sleeping run is checked against these again when it wakes.
 */
export const events = Object.fromEntries(
  Object.entries(catalogue).map(([name, { wire }]) => [name, new EventType({ name, schema: wire })]),
) as unknown as Received;
