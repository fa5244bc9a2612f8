export { type Said, say } from "./say.ts";
export { preparationFor, visitOf } from "./visit.ts";
