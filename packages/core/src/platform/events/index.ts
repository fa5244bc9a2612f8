export { catalogue, type EventData, type EventName } from "./catalogue.ts";
export type { EventDefinition } from "./event.ts";
export { type OutgoingEvent, outgoing } from "./outgoing.ts";
export { Source, Urgency } from "./terms.ts";
