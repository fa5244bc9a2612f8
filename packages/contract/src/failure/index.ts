export { FieldError, failureIn, Problem, problemType } from "./problem.ts";
export { type FailureType, failures, isFailureType } from "./table.ts";
