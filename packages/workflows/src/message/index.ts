export { isLetter } from "./letters/index.ts";
export { byHandOf } from "./letters/payments.ts";
export { deliver, say, sayToBoth } from "./say.ts";
export { preparationFor, visitOf } from "./visit.ts";
