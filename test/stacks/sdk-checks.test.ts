import path from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { sdk, sdkBundler } from "./sdk.ts";

// The SDK asks for an older version of the checker than it gets.
const { folder, bundleBoth } = sdkBundler();
const contents = `
  export * from "${sdk}/api/schema.js";
  export { functionConfigSchema, inBandSyncRequestBodySchema, incomingOpSchema, jsonErrorSchema,
    sendEventResponseSchema } from "${sdk}/types.js";
  export { parseFnData } from "${sdk}/helpers/functions.js";
  export { deserializeError, getErrorMessage, serializeError } from "${sdk}/helpers/errors.js";`;

type Checks = Record<string, { safeParse(given: unknown): { success: boolean; data?: unknown } }> & {
  parseFnData(given: unknown, version: unknown, logger: object): unknown;
  deserializeError(given: unknown): Error;
  getErrorMessage(given: unknown, fallback: string): string;
  serializeError(given: unknown): unknown;
};
let ours: Checks;
let theirs: Checks;
beforeAll(async () => {
  await bundleBoth({ stdin: { contents, resolveDir: import.meta.dirname } });
  ours = (await import(pathToFileURL(path.join(folder, "changed.mjs")).href)) as Checks;
  theirs = (await import(pathToFileURL(path.join(folder, "unchanged.mjs")).href)) as Checks;
});

const odd = [undefined, null, 0, -1, 1.5, true, "", "text", [], [1], {}, { a: 1 }, [{}], [null], { "0": [] }];
const failure = {
  name: "Error",
  message: " no ",
  stack: "at x",
  cause: { name: "A", message: "b", extra: 1 },
};
const steps = [
  { data: 1 },
  { data: null },
  { data: undefined },
  { type: "data", data: { a: [] } },
  { type: "data" },
  { type: "other", data: 1 },
  { id: "x", data: 1 },
  { error: failure },
  { type: "error", error: { error: "old" } },
  { type: "error" },
  { error: { message: 7 } },
  { error: { ...failure, cause: { ...failure, cause: "text" } } },
  { input: [1] },
  { type: "input", input: undefined },
  { data: 1, error: failure },
  ...odd,
];
const config = {
  id: "turno-x",
  name: "x",
  triggers: [{ event: "a/b", expression: "event.data.x == 1" }, { cron: "* * * * *" }],
  steps: { step: { id: "step", name: "step", runtime: { type: "http", url: "https://x.example" } } },
};
const retries = { step: { ...config.steps.step, retries: { attempts: 3 } } };
const configs = [
  config,
  { ...config, steps: retries },
  { ...config, idempotency: "event.id", concurrency: 3 },
  { ...config, concurrency: { limit: 1, key: "event.data.x", scope: "fn" } },
  { ...config, concurrency: [{ limit: 1 }, { limit: 2, scope: "env" }] },
  { ...config, concurrency: [{ limit: 1 }, { limit: 2 }, { limit: 3 }] },
  { ...config, concurrency: [] },
  { ...config, concurrency: { limit: 1, scope: "world" } },
  { ...config, cancel: [{ event: "a/c", if: "x", timeout: "1d" }], timeouts: { start: "1m", finish: "1h" } },
  { ...config, batchEvents: { maxSize: 5, timeout: "5s" }, rateLimit: { limit: 1, period: "1m" } },
  { ...config, throttle: { limit: 1, period: "1m", burst: 2 }, debounce: { period: "1m" }, priority: {} },
  { ...config, singleton: { mode: "skip" }, unheardOf: 1 },
  { ...config, singleton: { mode: "stop" } },
  { ...config, triggers: [{ event: "a", cron: "b" }] },
  { ...config, triggers: [{}] },
  { ...config, id: undefined },
];
const given: Record<string, readonly unknown[]> = {
  stepSchema: [...odd, ...steps.map((step) => ({ step })), Object.fromEntries(steps.entries())],
  batchSchema: [...odd, [{ name: "a", data: { b: [1] } }, {}]],
  errorSchema: [...odd, { error: "no", status: 401 }, { error: "no", status: "401", more: 1 }],
  jsonErrorSchema: [...odd, failure, { error: "e" }, { message: "" }, { ...failure, cause: [1], name: 7 }],
  functionConfigSchema: [...odd, ...configs],
  inBandSyncRequestBodySchema: [...odd, { url: "https://x.example" }, { url: "x", more: 1 }, { url: 1 }],
  incomingOpSchema: [...odd, { id: "" }, { id: "a", data: 1, error: null, more: 1 }, { id: 1 }],
  sendEventResponseSchema: [...odd, { ids: ["a"], status: 200 }, { ids: [1] }, { error: "no", more: 1 }],
};

const outcome = (action: () => unknown): unknown => {
  try {
    return { answer: action() };
  } catch (error) {
    // The words of a refusal are the checker's own.
    return { refused: (error as Error).constructor.name };
  }
};

test.each(Object.keys(given))("the SDK's %s takes and refuses the same, and makes the same of it", (name) => {
  const checked = ({ [name]: schema }: Checks) =>
    given[name]!.map((value) => {
      const { success, data } = schema!.safeParse(value);
      return { value, success, data };
    });
  expect(checked(ours)).toEqual(checked(theirs));
  expect(checked(ours).some(({ success }) => success)).toBe(true);
});

test("calls are read the same, whole or not", () => {
  const call = { version: 1, event: { name: "a/b", data: {} }, events: [{ name: "a/b" }], steps: {} };
  const ctx = { run_id: "01J", attempt: 1, stack: { stack: null, current: 0 }, more: 1 };
  const calls = [
    ...odd,
    call,
    { ...call, version: undefined, ctx },
    { ...call, version: 3 },
    { ...call, version: -1, ctx: null, defers: { a: { abortable: true }, b: {} } },
    { ...call, ctx: { ...ctx, stack: { stack: ["a"], current: 1 }, use_api: true, fn_id: "f", qi_id: "q" } },
    { ...call, ctx: { ...ctx, run_id: undefined } },
    { ...call, ctx: { ...ctx, attempt: "1" } },
    { ...call, steps: Object.fromEntries(steps.entries()), ctx: { ...ctx, stack: null } },
    { ...call, event: [], events: undefined },
    { ...call, defers: { a: 1 } },
    { event: {}, version: 2, use_api: false },
  ];
  const logger = { error: () => undefined };
  for (const version of [undefined, 0, 1, 2, -1, 7, Number.NaN, "2"]) {
    const read = ({ parseFnData }: Checks) =>
      calls.map((call) => outcome(() => parseFnData(call, version, logger)));
    expect(read(ours)).toEqual(read(theirs));
  }
});

test("errors are read the same", () => {
  const errors = [
    ...odd,
    failure,
    new Error("no"),
    { message: "" },
    { __serialized: true, ...failure },
    JSON.stringify({ __serialized: true, ...failure }),
    { __serialized: false, ...failure },
  ];
  const read = ({ deserializeError, getErrorMessage, serializeError }: Checks) =>
    errors.map((error) => [
      outcome(() => ({ ...(serializeError(error) as object), stack: "" })),
      outcome(() => getErrorMessage(error, "nothing known")),
      outcome(() => {
        const { name, message, cause } = deserializeError(error);
        return { name, message, cause };
      }),
    ]);
  expect(read(ours)).toEqual(read(theirs));
});
