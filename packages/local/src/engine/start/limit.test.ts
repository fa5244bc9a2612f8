import { describe, expect, it } from "vitest";
import { ms, since, stage } from "../testing.ts";

const numbered = (name: string, count: number) =>
  Array.from({ length: count }, (_, n) => ({ name, data: { n, key: n % 2 } }));

/** Counts how many are inside at once, and the most there ever were. */
function room() {
  const counts = { inside: 0, most: 0 };
  return {
    counts,
    async enter() {
      counts.inside += 1;
      counts.most = Math.max(counts.most, counts.inside);
      await new Promise((resolve) => setImmediate(resolve));
      counts.inside -= 1;
    },
  };
}

describe("concurrency", () => {
  it("of one executes one step at a time, per key if there is one", async () => {
    const [alone, keyed, free] = [room(), room(), room()];
    const { send, runs } = await stage((client) => [
      client.createFunction(
        { id: "alone", triggers: { event: "t/begun" }, concurrency: 1 },
        async ({ step }) => {
          await step.run("enter", alone.enter);
        },
      ),
      client.createFunction(
        { id: "keyed", triggers: { event: "t/begun" }, concurrency: { limit: 1, key: "event.data.key" } },
        async ({ step }) => {
          await step.run("enter", keyed.enter);
        },
      ),
      client.createFunction({ id: "free", triggers: { event: "t/begun" } }, async ({ step }) => {
        await step.run("enter", free.enter);
      }),
    ]);
    await send(...numbered("t/begun", 12));
    for (const id of ["alone", "keyed", "free"]) {
      expect(runs(id).map((run) => run.status)).toEqual(Array.from({ length: 12 }, () => "Completed"));
    }
    expect(alone.counts.most).toBe(1);
    expect(keyed.counts.most).toBeLessThanOrEqual(2);
    expect(free.counts.most).toBeGreaterThan(1);
  });

  it("does not count runs that sleep", async () => {
    const { send, pass, runs } = await stage((client) => [
      client.createFunction(
        { id: "sleepy", triggers: { event: "t/begun" }, concurrency: 1 },
        async ({ step }) => {
          await step.sleep("nap", "1h");
        },
      ),
    ]);
    await send(...numbered("t/begun", 5));
    await pass("1h");
    expect(runs("sleepy").map((run) => since(run.endedAt))).toEqual(
      Array.from({ length: 5 }, () => ms("1h")),
    );
  });

  it("of the engine bounds how many calls are open", async () => {
    const all = room();
    const { send, runs } = await stage(
      (client) => [
        client.createFunction({ id: "any", triggers: { event: "t/begun" } }, async ({ step }) => {
          await step.run("enter", all.enter);
        }),
      ],
      { concurrency: 2 },
    );
    await send(...numbered("t/begun", 10));
    expect(runs("any")).toHaveLength(10);
    expect(all.counts.most).toBeLessThanOrEqual(2);
  });
});

describe("throttle", () => {
  it("starts so many in a period and the rest later", async () => {
    const { send, pass, runs } = await stage((client) => [
      client.createFunction(
        { id: "paced", triggers: { event: "t/begun" }, throttle: { limit: 2, period: "1m" } },
        async () => 1,
      ),
    ]);
    await send(...numbered("t/begun", 5));
    await pass("10m");
    expect(runs("paced").map((run) => since(run.startedAt) / 1000)).toEqual([0, 0, 30, 60, 90]);
  });
});

describe("rateLimit", () => {
  it("drops what is too much, per key", async () => {
    const { send, pass, runs } = await stage((client) => [
      client.createFunction(
        {
          id: "rare",
          triggers: { event: "t/begun" },
          rateLimit: { limit: 1, period: "1h", key: "event.data.key" },
        },
        async ({ event }) => event.data.n,
      ),
    ]);
    await send(...numbered("t/begun", 6));
    expect(runs("rare").map((run) => run.output)).toEqual([0, 1]);
    await pass("1h");
    await send(...numbered("t/begun", 1));
    expect(runs("rare")).toHaveLength(3);
  });
});

describe("priority", () => {
  it("lets a run begin before others that are due", async () => {
    const order: number[] = [];
    const { send } = await stage(
      (client) => [
        client.createFunction(
          { id: "ranked", triggers: { event: "t/begun" }, priority: { run: "event.data.n == 3 ? 100 : 0" } },
          async ({ event }) => void order.push(event.data.n),
        ),
      ],
      { concurrency: 1 },
    );
    await send(...numbered("t/begun", 5));
    expect(order).toEqual([3, 0, 1, 2, 4]);
  });
});

describe("timeouts", () => {
  it("cancel a run that has not begun in time, or not ended", async () => {
    const { send, pass, runs } = await stage((client) => [
      client.createFunction(
        {
          id: "urgent",
          triggers: { event: "t/urgent" },
          throttle: { limit: 1, period: "1h" },
          timeouts: { start: "30m" },
        },
        async () => 1,
      ),
      client.createFunction(
        { id: "short", triggers: { event: "t/short" }, timeouts: { finish: "1h" } },
        async ({ step }) => {
          await step.sleep("long", "2h");
        },
      ),
    ]);
    await send(...numbered("t/urgent", 2), { name: "t/short" });
    await pass("3h");
    expect(runs("urgent").map((run) => run.status)).toEqual(["Completed", "Cancelled"]);
    expect(runs("short")[0]).toMatchObject({ status: "Cancelled" });
    expect(since(runs("short")[0]?.endedAt)).toBe(ms("1h"));
  });
});
