export { catalogue, type EventData, type EventName, Source, Urgency } from "./catalogue.ts";
export type { EventDefinition } from "./event.ts";
export { type OutgoingEvent, outgoing } from "./outgoing.ts";
