export { TimelineEntry } from "./entry.ts";
export { of } from "./timeline.ts";
