export { TimelineEntry } from "./entry.ts";
export { of } from "./timeline.ts";
export { type Upcoming, upcoming } from "./upcoming.ts";
