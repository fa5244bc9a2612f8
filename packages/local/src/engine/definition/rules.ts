import { checkExpression } from "../expression/expression.ts";
import { nextTick } from "./cron.ts";
import type { Definition } from "./definition.ts";
import { day, durationMs, minute, momentOf, second } from "./duration.ts";

/** An app's functions break rules of the service, which refuses the whole app. */
export class SyncRefused extends Error {
  override readonly name = "SyncRefused";
  readonly reasons: readonly string[];

  constructor(reasons: readonly string[]) {
    super(`the app is refused: ${reasons.join("; ")}`);
    this.reasons = reasons;
  }
}

type Rule = (definition: Definition) => void;

const most = { triggers: 10, cancelOn: 5, concurrency: 2, retries: 20, batch: 100, triggerName: 255 };

/**
 * Refuses what the service refuses when an app is synced, so that an app that runs here can be deployed.
 *
 * @throws SyncRefused with every reason found
 * @see https://github.com/inngest/inngest/blob/main/pkg/inngest/function.go
 */
export function checkDefinitions(definitions: readonly Definition[]): void {
  const reasons = definitions.flatMap((definition) =>
    rules.flatMap((rule) => {
      try {
        rule(definition);
        return [];
      } catch (error) {
        return [`${definition.id}: ${error instanceof Error ? error.message : error}`];
      }
    }),
  );
  if (reasons.length > 0) throw new SyncRefused(reasons);
}

const rules: readonly Rule[] = [
  ({ triggers }) => {
    refuseIf(triggers.length > most.triggers, `more than ${most.triggers} triggers`);
    const distinct = new Set(triggers.map((trigger) => JSON.stringify(trigger)));
    refuseIf(distinct.size < triggers.length, "two triggers are the same");
  },
  ({ triggers }) => {
    for (const trigger of triggers) {
      if ("cron" in trigger) nextTick(trigger.cron, 0);
      else checkEventName(trigger.event);
      if ("event" in trigger && trigger.expression) checkExpression(trigger.expression, "full");
    }
  },
  ({ cancel }) => {
    refuseIf(cancel.length > most.cancelOn, `more than ${most.cancelOn} cancelOn events`);
    for (const { if: condition, timeout } of cancel) {
      if (condition) checkExpression(condition, "logic");
      if (timeout) momentOf(timeout, 0);
    }
  },
  ({ concurrency }) => {
    refuseIf(concurrency.length > most.concurrency, `more than ${most.concurrency} concurrency limits`);
    for (const { scope, key, limit } of concurrency) {
      refuseIf(scope !== "fn" && !key, `a concurrency limit of scope ${scope} needs a key`);
      refuseIf(limit < 0, "a concurrency limit is below zero");
      if (key) checkExpression(key, "full");
    }
  },
  ({ maxAttempts }) => refuseIf(maxAttempts - 1 > most.retries, `more than ${most.retries} retries`),
  ({ idempotency }) => {
    if (idempotency) checkExpression(idempotency, "full");
  },
  ({ rateLimit }) => {
    if (!rateLimit) return;
    refuseIf(rateLimit.limit < 1, "a rate limit must allow at least one");
    checkPeriod("the rate limit's period", rateLimit.period, { from: 0, to: day });
    if (rateLimit.key) checkExpression(rateLimit.key, "full");
  },
  ({ throttle }) => {
    if (!throttle) return;
    checkPeriod("the throttle's period", throttle.period, { from: second, to: 7 * day });
    if (throttle.key) checkExpression(throttle.key, "full");
  },
  ({ debounce }) => {
    if (!debounce) return;
    checkPeriod("the debounce period", debounce.period, { from: second, to: 7 * day });
    if (debounce.timeout) durationMs(debounce.timeout);
    if (debounce.key) checkExpression(debounce.key, "full");
  },
  ({ batchEvents, cancel, debounce, priority, singleton }) => {
    if (!batchEvents) return;
    refuseIf(
      batchEvents.maxSize < 2 || batchEvents.maxSize > most.batch,
      `a batch holds 2 to ${most.batch} events`,
    );
    checkPeriod("the batch timeout", batchEvents.timeout, { from: second, to: 10 * minute });
    for (const source of [batchEvents.key, batchEvents.if]) if (source) checkExpression(source, "full");
    const others = { cancelOn: cancel.length > 0, debounce, priority: priority?.run, singleton };
    for (const [name, present] of Object.entries(others))
      refuseIf(Boolean(present), `batchEvents excludes ${name}`);
  },
  ({ priority }) => {
    if (priority?.run) checkExpression(priority.run, "full");
  },
  ({ singleton }) => {
    if (singleton?.key) checkExpression(singleton.key, "full");
  },
  ({ timeouts }) => {
    for (const text of [timeouts.start, timeouts.finish]) if (text) durationMs(text);
  },
];

function refuseIf(broken: boolean, reason: string): void {
  if (broken) throw new Error(reason);
}

function checkEventName(name: string): void {
  refuseIf(
    name === "" || name.length > most.triggerName,
    `an event name has 1 to ${most.triggerName} characters`,
  );
  const star = name.indexOf("*");
  const atTheEnd = star === name.length - 1 && /[/.]\*$/.test(name);
  refuseIf(star >= 0 && !atTheEnd, `"${name}": a wildcard stands only at the end, after / or .`);
}

function checkPeriod(what: string, text: string, range: { from: number; to: number }): void {
  const length = durationMs(text);
  refuseIf(length < range.from || length > range.to, `${what} of ${text} is out of range`);
}
