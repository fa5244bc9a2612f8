export type { FollowUpType } from "../reservation/reservation.ts";
export { answer, type Open, openFor } from "./answer.ts";
export { ask, questionsOf } from "./ask.ts";
export { dueAt, FollowUp } from "./follow-up.ts";
export { list } from "./list.ts";
