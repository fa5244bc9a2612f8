import * as z from "zod";
import type { RunError } from "../run/run.ts";

const error = z.object({
  name: z.string().default("Error"),
  message: z.string().optional(),
  error: z.unknown().optional(),
  stack: z.string().optional(),
});

/** One thing an SDK asks for or reports in answer to a call. */
const operation = z.object({
  op: z.string(),
  id: z.string(),
  name: z.string().optional(),
  displayName: z.string().optional(),
  userland: z.object({ id: z.string(), index: z.number().optional() }).optional(),
  data: z.unknown().optional(),
  error: z.unknown().optional(),
  opts: z
    .object({
      type: z.string(),
      parallelMode: z.string(),
      duration: z.string(),
      event: z.string(),
      if: z.string(),
      timeout: z.string(),
      signal: z.string(),
      conflict: z.string(),
      function_id: z.string(),
      payload: z.object({ data: z.record(z.string(), z.unknown()).nullish() }).loose(),
    })
    .partial()
    .nullish()
    .transform((opts) => opts ?? {}),
});

export type Operation = z.output<typeof operation>;

/** What an app's answer to a call means. */
export type Reply =
  | { readonly kind: "returned"; readonly output: unknown }
  | ({
      readonly kind: "operations";
      readonly operations: readonly Operation[];
      readonly version: number;
    } & Retry)
  | ({ readonly kind: "threw"; readonly error: RunError } & Retry);

interface Retry {
  readonly retriable: boolean;
  /** Seconds or a date, as the app asked for. */
  readonly retryAfter?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** The longest answer that is read, in bytes; also the most that one step may return. */
export const longestAnswer = 4 * 1024 * 1024;

const streamed = z.object({
  status: z.number(),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.unknown().optional(),
});

const defaultVersion = 2;

export function readAnswer(answer: Answer): Reply {
  const body = parse(answer.text);
  if (answer.status === 201) {
    const inner = streamed.safeParse(body);
    if (inner.success) return readAnswer(unwrap(answer, inner.data));
  }
  const retry: Retry = {
    retriable: answer.headers["x-inngest-no-retry"] !== "true",
    ...(typeof answer.headers["retry-after"] === "string" && { retryAfter: answer.headers["retry-after"] }),
  };
  const isSuccess = answer.status >= 200 && answer.status < 300;
  if (isSuccess && !answer.headers["x-inngest-sdk"]) {
    return threw(`the answer (status ${answer.status}) does not come from an Inngest SDK`);
  }
  if (Buffer.byteLength(answer.text) > longestAnswer) {
    return { ...threw(`the answer is larger than ${longestAnswer} bytes`), retriable: false };
  }
  if (answer.status === 206) return operationsOf(body, answer, retry);
  if (answer.status === 200) return { kind: "returned", output: body };
  return { kind: "threw", error: errorOf(body), ...retry };
}

function operationsOf(body: unknown, answer: Answer, retry: Retry): Reply {
  const read = z
    .array(operation)
    .min(1)
    .safeParse(Array.isArray(body) ? body : [body]);
  if (!read.success) return threw(`the answer is not understood: ${z.prettifyError(read.error)}`);
  const version = Number(answer.headers["x-inngest-req-version"] ?? defaultVersion);
  return { kind: "operations", operations: read.data, version, ...retry };
}

/** A call that got no answer, or one that means nothing: it is tried again. */
export function threw(message: string): Reply & { kind: "threw" } {
  return { kind: "threw", error: { name: "Error", message }, retriable: true };
}

/** The error of a function or step as the SDK serialised it, or the nearest thing to one. */
export function errorOf(body: unknown): RunError {
  const read = error.safeParse(body);
  if (!read.success) return { name: "Error", message: String(body) };
  const { message, error: fallback, ...rest } = read.data;
  return { ...(body as object), ...rest, message: message ?? String(fallback ?? "unknown error") };
}

function unwrap(outer: Answer, inner: z.output<typeof streamed>): Answer {
  const text = typeof inner.body === "string" ? inner.body : JSON.stringify(inner.body ?? null);
  const headers = Object.fromEntries(
    Object.entries(inner.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return { status: inner.status, headers: { ...outer.headers, ...headers }, text };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A proxy or a crashed process answers in plain text.
    return text;
  }
}
