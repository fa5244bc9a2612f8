import type { RunError } from "./run.ts";

/** An error as the workflow service keeps it. */
interface Told {
  readonly name?: unknown;
  readonly message?: unknown;
}

const MOST = 300;

/** Names of errors that workflows themselves throw, with messages that were written here. */
const OURS: readonly unknown[] = ["Error", "NonRetriableError", "RetryAfterError", "StepError"];
const NAMELESS = /^A step failed with /;
const REFUSAL = /^([a-z]+(?:-[a-z]+)*): /;

/**
 * What the log keeps of an error: the message where it was written here, and of others the name alone, since it may
 * quote what it stumbled over.
 */
export function errorOf({ name, message }: Told): RunError {
  const kind = typeof name === "string" && name !== "" ? name.slice(0, 80) : "Error";
  const text = typeof message === "string" ? message : "";
  if (!OURS.includes(kind) && !NAMELESS.test(text)) return { kind, message: "" };
  return { kind: REFUSAL.exec(text)?.[1] ?? kind, message: text.slice(0, MOST) };
}
