import type { Inngest, InngestFunction } from "inngest";
import { describe, expect, it } from "vitest";
import { SyncRefused } from "../index.ts";
import { signingKey, stage } from "../testing.ts";

type Options = Parameters<Inngest["createFunction"]>[0];

const withOptions = (options: Omit<Options, "id">) => (client: Inngest) => [
  client.createFunction({ id: "f", triggers: { event: "t/begun" }, ...options } as Options, async () => 1),
];

const reminder = (client: Inngest): InngestFunction.Any[] => [
  client.createFunction(
    {
      id: "reminder",
      triggers: { event: "t/booked" },
      cancelOn: [{ event: "t/cancelled", match: "data.id" }],
    },
    async ({ event, step }) => {
      await step.sleep("wait", "1d");
      await step.sendEvent("tell", { name: "t/reminded", data: { id: event.data.id, umlaut: "Zoë €" } });
      return step.run("done", () => event.data.id);
    },
  ),
  client.createFunction({ id: "told", triggers: { event: "t/reminded" } }, async ({ event }) => event.data),
];

describe("a synced app", () => {
  it.each([
    ["over HTTP", {}],
    ["over HTTP, signed", { signingKey }],
    ["as a Lambda", { transport: "lambda" as const }],
    ["as a Lambda, signed", { transport: "lambda" as const, signingKey }],
  ])("runs %s", async (_name, options) => {
    const { send, pass, runs, run } = await stage(reminder, options);
    await send({ name: "t/booked", data: { id: "a" } }, { name: "t/booked", data: { id: "b" } });
    await send({ name: "t/cancelled", data: { id: "b" } });
    await pass("1d");
    expect(runs("reminder")).toMatchObject([{ status: "Completed", output: "a" }, { status: "Cancelled" }]);
    expect(run("told").output).toEqual({ id: "a", umlaut: "Zoë €" });
  });

  it("refuses an engine that signs with another key", async () => {
    const { appUrl } = await stage(reminder, { signingKey });
    const stranger = await stage(() => [], { signingKey: `signkey-test-${"cd".repeat(32)}` });
    await expect(stranger.engine.sync(appUrl)).rejects.toThrow(/Unauthorized/);
  });

  it("that drops a function triggers it no more, and its sleeping run fails when it wakes", async () => {
    const before = await stage(reminder);
    await before.send({ name: "t/booked", data: { id: "a" } });
    const { send, pass, runs } = await stage((client) => [withOptions({})(client)[0]!], {
      stateDir: before.directory,
      clock: before.clock,
    });
    await send({ name: "t/booked", data: { id: "b" } });
    await pass("3d");
    expect(runs("reminder")).toMatchObject([{ status: "Failed", error: { message: /clinic-reminder/ } }]);
  });
});

describe("an app is refused", () => {
  const events = (count: number) => Array.from({ length: count }, (_, n) => ({ event: `t/e${n}` }));

  it.each([
    ["more than 5 cancelOn", { cancelOn: events(6) }, "more than 5 cancelOn events"],
    ["more than 10 triggers", { triggers: events(11) }, "more than 10 triggers"],
    ["two equal triggers", { triggers: [{ event: "t/a" }, { event: "t/a" }] }, "two triggers are the same"],
    [
      "cancelOn that calculates",
      { cancelOn: [{ event: "t/a", if: "async.data.id + 'x' == event.data.id" }] },
      "the operator + is not allowed here",
    ],
    [
      "cancelOn with has()",
      { cancelOn: [{ event: "t/a", if: "has(async.data.id)" }] },
      "has() is not allowed",
    ],
    ["a trigger that cannot be read", { triggers: { event: "t/a", if: "event.data.id ===" } }, "is refused"],
    ["a wildcard in the middle", { triggers: { event: "t/*/b" } }, "only at the end"],
    ["a schedule of six fields", { triggers: { cron: "* * * * * *" } }, "not a cron schedule"],
    ["a scope without a key", { concurrency: { limit: 1, scope: "account" } }, "scope account needs a key"],
    ["more than 20 retries", { retries: 21 }, "more than 20 retries"],
    ["a rate limit over a day", { rateLimit: { limit: 1, period: "2d" } }, "the rate limit's period of 2d"],
    ["a debounce over a week", { debounce: { period: "8d" } }, "the debounce period of 8d"],
    [
      "a batch that can be cancelled",
      { batchEvents: { maxSize: 2, timeout: "5s" }, cancelOn: [{ event: "t/a" }] },
      "batchEvents excludes cancelOn",
    ],
    ["a batch of one", { batchEvents: { maxSize: 1, timeout: "5s" } }, "a batch holds 2 to 100"],
  ])("for %s", async (_name, options, reason) => {
    const opened = stage(withOptions(options as Omit<Options, "id">));
    await expect(opened).rejects.toThrow(SyncRefused);
    await expect(opened).rejects.toThrow(reason);
  });

  it("for more than two concurrency limits, in a registration the SDK would not send", async () => {
    const { engine } = await stage(withOptions({}));
    const limit = { limit: 1, key: "event.data.id" };
    const steps = { step: { runtime: { url: "http://127.0.0.1:1/" } } };
    const definition = { id: "clinic-f", triggers: [], steps, concurrency: [limit, limit, limit] };
    const answer = await fetch(`${engine.url}/fn/register`, {
      method: "POST",
      body: JSON.stringify({ appName: "clinic", functions: [definition] }),
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ ok: false, error: /more than 2 concurrency limits/ });
  });

  it("when it cannot be reached, or registers with another engine", async () => {
    const [here, there] = [await stage(withOptions({})), await stage(withOptions({}))];
    await expect(here.engine.sync("http://127.0.0.1:1/api/inngest")).rejects.toThrow("cannot be reached");
    await expect(here.engine.sync(there.appUrl)).rejects.toThrow(
      "registered its functions with another engine",
    );
  });

  it("as a whole: what was there before stays", async () => {
    const { engine, send, runs } = await stage(withOptions({}));
    const answer = await fetch(`${engine.url}/fn/register`, {
      method: "POST",
      body: '{"functions":[{"id":"x"}]}',
    });
    expect(answer.status).toBe(400);
    await send({ name: "t/begun" });
    expect(runs("f")).toHaveLength(1);
  });
});
