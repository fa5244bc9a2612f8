export { done, due, type Job, lastOf, type Visit } from "./daily.ts";
