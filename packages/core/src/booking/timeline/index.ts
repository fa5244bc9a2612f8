export { of, TimelineEntry } from "./timeline.ts";
