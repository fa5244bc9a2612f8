export { bookingWindow } from "./bookable.ts";
export { list } from "./list.ts";
