export { done, due, type Job, type Visit } from "./daily.ts";
