export type { AnswerOf, CallOf, CallOptions, Client } from "./calls.ts";
export { type ClientOptions, createClient } from "./client.ts";
export { ApiProblem } from "./problem.ts";
export type { Patience } from "./retry.ts";
