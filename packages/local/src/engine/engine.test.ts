import { describe, expect, it } from "vitest";
import { ms, stage } from "./testing.ts";

/** What happens by itself is waited for, however slow the machine. */
const patience = { timeout: 10_000 };

describe("an engine that is told when to work", () => {
  it("says when something is due, and how much it did", async () => {
    const { client, engine, clock } = await stage((client) => [
      client.createFunction({ id: "nap", triggers: { event: "nap/begun" } }, async ({ step }) => {
        await step.sleep("nap", "1h");
      }),
    ]);
    expect(engine.nextDueAt()).toBeUndefined();
    expect(await engine.runDue()).toBe(0);
    await client.send({ name: "nap/begun" });
    expect(engine.nextDueAt()).toBe(clock.now());
    expect(await engine.runDue()).toBeGreaterThan(0);
    expect(engine.nextDueAt()).toBe(clock.now() + ms("1h"));
  });

  it("does nothing twice when it is told by several at once", async () => {
    let calls = 0;
    const { client, engine, run } = await stage((client) => [
      client.createFunction({ id: "once", triggers: { event: "once/begun" } }, async ({ step }) => {
        await step.run("count", () => {
          calls += 1;
        });
      }),
    ]);
    await client.send({ name: "once/begun" });
    await Promise.all([engine.runDue(), engine.runDue(), engine.runDue()]);
    expect(calls).toBe(1);
    expect(run("once").status).toBe("Completed");
  });
});

describe("an engine that works by itself", () => {
  const live = async (more: Parameters<typeof stage>[0] = () => []) => {
    const shift = ms("1d");
    // Real time and an offset, as the runtime's clock is; nobody moves it here.
    const clock = { now: () => Date.now() + shift, moveTo: () => undefined };
    const opened = await stage(
      (client) => [
        client.createFunction(
          { id: "echo", triggers: { event: "echo/begun" } },
          async ({ event }) => event.data.n,
        ),
        ...more(client),
      ],
      { clock },
    );
    return { ...opened, clock };
  };

  it("does what an event asks for, at once or when it is due", async () => {
    const { client, engine, clock, runs } = await live();
    engine.start();
    await client.send([
      { name: "echo/begun", data: { n: 1 } },
      { name: "echo/begun", data: { n: 2 }, ts: clock.now() + 30 },
    ]);
    await expect.poll(() => runs("echo").map((run) => run.output), patience).toEqual([1, 2]);
  });

  it("does what is due while a long call is open", async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const { client, engine, clock, runs } = await live((client) => [
      client.createFunction({ id: "long", triggers: { event: "long/begun" } }, async () => {
        begin();
        await released;
      }),
    ]);
    engine.start();
    await client.send({ name: "long/begun" });
    await begun;
    await client.send({ name: "echo/begun", data: { n: 1 }, ts: clock.now() + 30 });
    await expect.poll(() => runs("echo").map((run) => run.output), patience).toEqual([1]);
    expect(runs("long").map((run) => run.status)).toEqual(["Running"]);
    release();
  });

  it("can be told to work as well", async () => {
    const { client, engine, runs } = await live();
    engine.start();
    for (let n = 0; n < 5; n += 1) {
      await client.send({ name: "echo/begun", data: { n } });
      await engine.runDue();
    }
    expect(runs("echo").map((run) => run.output)).toEqual([0, 1, 2, 3, 4]);
  });

  it("rests when it is stopped, and takes up what came meanwhile", async () => {
    const { client, engine, runs } = await live();
    engine.start();
    engine.stop();
    await client.send({ name: "echo/begun", data: { n: 1 } });
    expect(engine.nextDueAt()).toBeDefined();
    expect(runs("echo")).toEqual([]);
    engine.start();
    await expect.poll(() => runs("echo").map((run) => run.output), patience).toEqual([1]);
  });
});

describe("an engine that is closed", () => {
  it("lets a step under way end and keeps its result", async () => {
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    let calls = 0;
    const functions: Parameters<typeof stage>[0] = (client) => [
      client.createFunction({ id: "work", triggers: { event: "work/begun" } }, async ({ step }) => {
        await step.run("working", async () => {
          calls += 1;
          begin();
          await released;
        });
        return "done";
      }),
    ];
    const first = await stage(functions);
    await first.client.send({ name: "work/begun" });
    const working = first.engine.runDue();
    await begun;
    const closing = first.engine.close();
    release();
    await Promise.all([working, closing]);

    const next = await stage(functions, { stateDir: first.directory, clock: first.clock });
    await next.engine.runDue();
    expect(calls).toBe(1);
    expect(next.run("work").output).toBe("done");
  });
});
