import * as z from "zod";

const expression = z
  .string()
  .optional()
  .transform((text) => text || undefined);

const concurrency = z.object({
  limit: z.number().int(),
  key: expression,
  scope: z.enum(["fn", "env", "account"]).default("fn"),
});

const eventTrigger = z.object({ event: z.string(), expression });
const cronTrigger = z.object({ cron: z.string() });

/** A function as an app's SDK registers it; what this engine does not know is dropped. */
const registered = z.object({
  id: z.string().min(1),
  name: z.string().optional(),
  triggers: z.array(z.union([cronTrigger, eventTrigger])),
  steps: z.record(
    z.string(),
    z.object({
      runtime: z.object({ url: z.url() }),
      retries: z.object({ attempts: z.number().int().optional() }).optional(),
    }),
  ),
  cancel: z
    .array(z.object({ event: z.string(), if: expression, timeout: z.string().optional() }))
    .default([]),
  concurrency: z.union([z.number().int(), concurrency, z.array(concurrency)]).default([]),
  idempotency: expression,
  rateLimit: z.object({ limit: z.number().int(), period: z.string(), key: expression }).optional(),
  throttle: z
    .object({
      limit: z.number().int(),
      period: z.string(),
      burst: z.number().int().optional(),
      key: expression,
    })
    .optional(),
  debounce: z.object({ period: z.string(), timeout: z.string().optional(), key: expression }).optional(),
  batchEvents: z
    .object({ maxSize: z.number().int(), timeout: z.string(), key: expression, if: expression })
    .optional(),
  priority: z.object({ run: expression }).optional(),
  singleton: z.object({ key: expression, mode: z.enum(["skip", "cancel"]) }).optional(),
  timeouts: z.object({ start: z.string().optional(), finish: z.string().optional() }).default({}),
});

const payload = z.object({
  appName: z.string().optional(),
  app_id: z.string().optional(),
  functions: z.array(z.unknown()),
});

export type Concurrency = z.output<typeof concurrency>;

/** A function the engine may run, as its app registered it last. */
export type Definition = Omit<z.output<typeof registered>, "steps" | "concurrency"> & {
  readonly app: string;
  readonly url: string;
  /** First attempt and retries together, for each step and for the function's own code. */
  readonly maxAttempts: number;
  readonly concurrency: readonly Concurrency[];
};

const defaultRetries = 4;

/**
 * The functions of a registration, not yet checked against the service's rules.
 *
 * @throws z.ZodError when it is not what an SDK sends
 */
export function readRegistration(body: unknown): { app: string; definitions: Definition[] } {
  const { appName, app_id, functions } = payload.parse(body);
  const app = app_id ?? appName ?? "app";
  return { app, definitions: functions.map((one) => definitionOf(app, registered.parse(one))) };
}

function definitionOf(app: string, one: z.output<typeof registered>): Definition {
  const { steps, concurrency: limits, ...rest } = one;
  const [step] = Object.values(steps);
  if (!step) throw new Error(`the function ${one.id} has no step to call`);
  return {
    ...rest,
    app,
    url: step.runtime.url,
    maxAttempts: (step.retries?.attempts ?? defaultRetries) + 1,
    concurrency: concurrencyOf(limits),
  };
}

function concurrencyOf(limits: z.output<typeof registered>["concurrency"]): Concurrency[] {
  if (typeof limits === "number") return [{ limit: limits, key: undefined, scope: "fn" }];
  return Array.isArray(limits) ? limits : [limits];
}
