export { bookingWindow } from "./bookable.ts";
export { list } from "./list.ts";
export { type Opening, over } from "./over.ts";
