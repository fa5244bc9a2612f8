export { isLetter } from "./letters/index.ts";
export { deliver, type Said, say } from "./say.ts";
export { preparationFor, visitOf } from "./visit.ts";
