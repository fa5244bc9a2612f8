import type { Runtime } from "../runtime.ts";
import type { ApiEvent, ApiResult, Piece } from "./exchange.ts";
import { written } from "./frame.ts";
import { failureOf } from "./problem.ts";
import { redacted } from "./redaction.ts";

/** Standard output is the log of a Lambda: one line of JSON. */
const toStandardOutput = (line: object): void => console.log(JSON.stringify(line));

/** Writes one line about each call: ids, status and time, never what was said. */
export function log({ log: write = toStandardOutput }: Runtime): Piece {
  const started = new WeakMap<ApiEvent, number>();
  const lineOf = (event: ApiEvent, result: ApiResult | null | undefined) => ({
    message: "request",
    route: event.exchange.route?.id ?? "none",
    status: result?.statusCode,
    ms: Math.round(performance.now() - (started.get(event) ?? performance.now())),
    requestId: event.requestContext.requestId,
    ...concerned(event),
  });
  return {
    before: ({ event }) => {
      event.exchange = {};
      started.set(event, performance.now());
    },
    after: ({ event, response }) => {
      write(redacted({ level: "info", ...lineOf(event, response) }) as object);
    },
    onError: ({ event, response, error }) => {
      const failure = failureOf(error);
      const isFault = failure === "internal";
      const level = isFault ? "error" : "info";
      const line = { level, ...lineOf(event, response), failure, ...(isFault && { error: traceOf(error) }) };
      write(redacted(line) as object);
    },
  };
}

/** The clinic and the calendar that a call was about, as far as it said. */
function concerned({ exchange: { actor, params } }: ApiEvent): object {
  return {
    actor: actor?.kind,
    ...(actor && "organizationId" in actor && { organizationId: actor.organizationId }),
    ...(params?.profileId && { profileId: params.profileId }),
  };
}

/** Where a fault happened. Its message is left out: it may quote what somebody wrote. */
function traceOf(error: unknown): object {
  if (!(error instanceof Error)) return { thrown: typeof error };
  const frames = (error.stack ?? "").split("\n").filter((line) => line.startsWith("    at "));
  return {
    type: error.name,
    at: frames.map((line) => written(line.trim().slice(3))),
    ...(error.cause !== undefined && { cause: traceOf(error.cause) }),
  };
}
