import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Payment } from "@turno/core/payments";
import {
  type ClinicPolicy,
  type DepositTerms,
  defaultPolicy,
  epochMillis,
  instantOf,
  type Messaging,
  Outbox,
  type Practice,
} from "@turno/core/platform";
import { Generation, type Service } from "@turno/core/scheduling";
import {
  byWhatsapp,
  offer,
  openDaily,
  openPractice,
  type TestContext,
  testContext,
} from "@turno/core/testing";
import { relayOnce, sweeper, workflowsUrl } from "@turno/functions";
import { advanceTo, type MovableClock, spanMs } from "@turno/local/clock";
import { type Engine, type RunView, startEngine } from "@turno/local/engine";
import { startLambdaUrl } from "@turno/local/gateway";
import { type InngestOptions, publishTo, type Workflows, workflows } from "@turno/workflows";
import { type Thrown, throwingOnce } from "@turno/workflows/testing";
import { afterEach } from "vitest";
import { losingAnswers } from "./lost.ts";
import { type Recorder, recorder } from "./recorder.ts";

export interface Options {
  /** Sees every run, unless every step throws. */
  readonly observer?: InngestOptions["observer"];
  readonly now?: string;
  readonly practice?: Partial<Practice>;
  /** The clinic's, where it is not the practice's. */
  readonly clinicZone?: string;
  readonly policy?: Partial<ClinicPolicy>;
  /** The channels that the clinic has beside WhatsApp. */
  readonly messaging?: Messaging;
  /** What the clinic asks for in advance, and who takes it. */
  readonly deposits?: DepositTerms;
  readonly payments?: Payment.Providers;
  readonly service?: Partial<Service.NewService>;
  /** The days whose slots are made. */
  readonly days?: { from: string; to: string };
  /** What befalls every step of the workflows the first time. */
  readonly trouble?: Trouble;
  /** Whether what is scheduled runs, in each quarter of an hour: all of it, or these workflows alone. */
  readonly schedules?: boolean | readonly string[];
  /** Whether runs are recorded: each is followed by another. */
  readonly recorded?: boolean;
  /** Hears what the health check finds. */
  readonly measure?: Parameters<typeof workflows>[0]["measure"];
}

/** Every answer gets lost, so that each step runs twice; or every step throws before it has begun, and is tried again. */
export type Trouble = "lost" | "thrown";

/** A clinic with one doctor, the real workflow engine, and a clock that stands still until it is moved. */
export interface Clinic {
  readonly context: TestContext;
  readonly practice: Practice;
  /** Needs approval. */
  readonly service: Service.MedicalService;
  readonly engine: Engine;
  readonly channel: Recorder;
  /** What every step threw once, where they do. */
  readonly thrown?: Thrown;
  /** Lets a span such as `24h` pass, or time up to an instant: whatever falls due is done at its moment. */
  advance(to: string): Promise<void>;
  /** Does what is due at this moment and what follows from it. */
  settle(): Promise<void>;
  /** What the scheduled sweep does. */
  sweep: ReturnType<typeof sweeper>;
  /** Sends events as another system would, past the outbox. */
  send(...events: { name: string; data: Record<string, unknown>; id?: string }[]): Promise<void>;
  /** Loses what waits in the outbox. */
  loseOutbox(): Promise<void>;
  /** Nothing is relayed from the outbox, from now on or until it is told otherwise. */
  holdOutbox(isHeld: boolean): void;
  /** The runs of one workflow, oldest first. */
  runs(workflow: string): RunView[];
  /** The messages to a phone as `template` lines, oldest first. */
  told(phone: string): string[];
}

const cleanups: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Opens the clinic; it is gone after the test. */
export async function openClinic(options: Options = {}): Promise<Clinic> {
  const context = await testContext(options.now ? { now: options.now } : {});
  const { practice, service } = await furnish(context, options);
  const clock = clockOf(context);
  const stateDir = mkdtempSync(join(tmpdir(), "clinic-"));
  cleanups.push(() => rmSync(stateDir, { recursive: true, force: true }));
  const engine = await startEngine({ clock, stateDir, jitter: () => 0, maxSleepMs: FREE_PLAN_MS });
  cleanups.push(() => engine.close());

  const channel = recorder();
  const channels = () => channel;
  const thrown = options.trouble === "thrown" ? throwingOnce() : undefined;
  const observer = thrown?.middleware ?? options.observer;
  const { inngest, functions } = workflows({
    ...{ context, channels },
    ...(options.payments && { payments: options.payments }),
    webUrl: "https://clinic.example",
    ...(options.measure && { measure: options.measure }),
    inngest: {
      ...{ isDev: true, baseUrl: engine.url, logger: silent },
      ...(observer && { observer }),
    },
  });
  const isServed = ({ opts: { id, triggers = [] } }: (typeof functions)[number]) =>
    (options.recorded || id !== "record-run") && (!isScheduled(triggers) || wanted(options.schedules, id));
  const handler = workflowsUrl({ inngest, functions: functions.filter(isServed) });
  const app = await startLambdaUrl({
    functionName: "workflows",
    handler: options.trouble === "lost" ? losingAnswers(handler) : handler,
    report: () => undefined,
  });
  cleanups.push(() => app.close());
  await engine.sync(app.url);

  const publish = publishTo({ inngest });
  let isHeld = false;
  const world = { clock, engine, flush: async () => (isHeld ? 0 : relayOnce(context, publish)) };
  const moveTo = (target: number) => advanceTo(world, target);
  return {
    ...{ context, practice, service, engine, channel },
    ...(thrown && { thrown }),
    advance: (to) => moveTo(targetOf(to, clock)),
    settle: () => moveTo(clock.now()),
    sweep: sweeper({ context, publish }),
    async send(...events) {
      await inngest.send(events);
      await moveTo(clock.now());
    },
    async loseOutbox() {
      await Outbox.relay(context, async () => undefined, await Outbox.waiting(context, 0));
    },
    holdOutbox(held) {
      isHeld = held;
    },
    runs: (workflow) => engine.runs({ workflow, limit: 10_000 }).reverse(),
    told: (phone) => channel.messages.filter(({ to }) => to === phone).map(({ template }) => template),
  };
}

/** The longest sleep that the smallest plan of the service takes. */
const FREE_PLAN_MS = 7 * 24 * 60 * 60 * 1000;

type Triggers = Workflows["functions"][number]["opts"]["triggers"];

const isScheduled = (triggers: Triggers): boolean =>
  [triggers ?? []].flat().some((trigger) => "cron" in trigger);

const wanted = (schedules: Options["schedules"] = false, id: string): boolean =>
  typeof schedules === "boolean" ? schedules : schedules.includes(id);

const ignore = (): void => undefined;
const silent = { info: ignore, warn: ignore, error: ignore, debug: ignore };

const targetOf = (to: string, clock: MovableClock): number => {
  const span = spanMs(to);
  return span === undefined ? epochMillis(instantOf(to)) : clock.now() + span;
};

/** The context's time as the engine's clock. */
const clockOf = (context: TestContext): MovableClock => ({
  now: () => epochMillis(context.now()),
  moveTo(instant) {
    if (instant > epochMillis(context.now())) context.at(instantOf(instant));
  },
});

/** Makes the clinic, its doctor and the slots, as things stood before the test begins: nothing is told of it. */
async function furnish(
  context: TestContext,
  { practice: changes, clinicZone, policy, messaging, deposits, service, days }: Options,
) {
  const wanted = { ...changes, policy: { ...defaultPolicy, ...policy } };
  const practice = await openPractice(context, wanted, {
    ...(clinicZone && { timezone: clinicZone }),
    messaging: { ...byWhatsapp, ...messaging },
    ...(deposits && { payments: deposits }),
  });
  const offered = await offer(context, practice, { requirements: "Ven en ayunas.", ...service });
  await openDaily(context, practice);
  if (days) await Generation.generate(context, practice, days);
  await Outbox.relay(context, async () => undefined, await Outbox.waiting(context, 0));
  return { practice, service: offered };
}
