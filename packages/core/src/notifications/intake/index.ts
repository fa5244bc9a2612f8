export { heard, isHeard, type Parked, park, parked } from "./intake.store.ts";
