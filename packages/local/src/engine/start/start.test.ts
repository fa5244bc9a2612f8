import { describe, expect, it } from "vitest";
import { ms, since, stage, start } from "../testing.ts";

describe("a trigger", () => {
  it("may name a family of events and choose among them", async () => {
    const { send, runs } = await stage((client) => [
      client.createFunction(
        { id: "slash", triggers: { event: "appointment/*" } },
        async ({ event }) => event.name,
      ),
      client.createFunction(
        { id: "dot", triggers: { event: "appointment/slot.*" } },
        async ({ event }) => event.name,
      ),
      client.createFunction(
        {
          id: "vip",
          triggers: [{ event: "appointment/*", if: "event.data.vip == true" }, { event: "patient/joined" }],
        },
        async ({ event }) => event.name,
      ),
    ]);
    await send(
      { name: "appointment/booked", data: { vip: true } },
      { name: "appointment/slot.freed", data: { vip: false } },
      { name: "patient/joined" },
    );
    const outputs = (id: string) => runs(id).map((run) => run.output);
    expect(outputs("slash")).toEqual(["appointment/booked", "appointment/slot.freed"]);
    expect(outputs("dot")).toEqual(["appointment/slot.freed"]);
    expect(outputs("vip")).toEqual(["appointment/booked", "patient/joined"]);
  });
});

describe("an event", () => {
  const echo = () =>
    stage((client) => [
      client.createFunction({ id: "echo", triggers: { event: "echo/begun" } }, async ({ event }) => event),
      client.createFunction({ id: "other", triggers: { event: "other/begun" } }, async () => 1),
    ]);

  it("with an id seen before starts a function once in a day", async () => {
    const { send, pass, runs } = await echo();
    await send({ id: "e1", name: "echo/begun" });
    await send({ id: "e1", name: "echo/begun" });
    await send({ id: "e1", name: "other/begun" });
    expect([runs("echo").length, runs("other").length]).toEqual([1, 1]);
    await pass("23h59m");
    await send({ id: "e1", name: "echo/begun" });
    expect(runs("echo")).toHaveLength(1);
    await pass("1m");
    await send({ id: "e1", name: "echo/begun" });
    expect(runs("echo")).toHaveLength(2);
  });

  it("of a request that is sent again is kept once", async () => {
    const { engine, runs } = await echo();
    const request = {
      method: "POST",
      headers: { "x-inngest-event-id-seed": "1795000000000,bm90IHJhbmRvbQ==" },
      body: JSON.stringify([{ name: "echo/begun" }, { name: "echo/begun" }]),
    };
    const post = async () =>
      (await (await fetch(`${engine.url}/e/key`, request)).json()) as { ids: string[] };
    const first = await post();
    const second = await post();
    await engine.runDue();
    expect(second).toEqual(first);
    expect(new Set(first.ids).size).toBe(2);
    expect(runs("echo")).toHaveLength(2);
  });

  it("has the engine's time, whatever real time it is", async () => {
    const { send, run } = await echo();
    await send({ name: "echo/begun" });
    expect(run("echo").output).toMatchObject({
      ts: Date.parse(start),
      data: {},
      user: {},
      name: "echo/begun",
    });
  });

  it("of the future starts its runs then", async () => {
    const { send, pass, run } = await echo();
    const ts = Date.parse(start) + ms("2h");
    await send({ name: "echo/begun", ts });
    expect(run("echo").status).toBe("Running");
    await pass("2h");
    expect(run("echo").output).toMatchObject({ ts });
    expect(since(run("echo").startedAt)).toBe(ms("2h"));
  });

  it("is refused when it is too large, reserved, nameless or of an impossible time", async () => {
    const { engine } = await echo();
    const post = async (event: unknown) => {
      const answer = await fetch(`${engine.url}/e/key`, { method: "POST", body: JSON.stringify(event) });
      return [answer.status, ((await answer.json()) as { error?: string }).error];
    };
    expect(await post({ name: "big", data: { x: "x".repeat(512 * 1024) } })).toEqual([
      400,
      expect.stringContaining("more than 524288"),
    ]);
    expect(await post({ name: "inngest/function.failed" })).toEqual([
      400,
      expect.stringContaining("reserved"),
    ]);
    expect(await post({ data: {} })).toEqual([400, expect.stringContaining("not an event")]);
    expect(await post({ name: "old", ts: 1_700_000_000 })).toEqual([
      400,
      expect.stringContaining("milliseconds"),
    ]);
    expect(await post(Array.from({ length: 5001 }, () => ({ name: "x" })))).toEqual([
      400,
      expect.stringContaining("more than 5000"),
    ]);
    const answer = await fetch(`${engine.url}/e/key`, { method: "POST", body: "not json" });
    expect(answer.status).toBe(400);
  });
});

describe("idempotency", () => {
  it("starts one run per key and day, even after the first has ended", async () => {
    const { send, pass, runs } = await stage((client) => [
      client.createFunction(
        { id: "once", triggers: { event: "once/begun" }, idempotency: "event.data.appointmentId" },
        async ({ event }) => event.data.appointmentId,
      ),
    ]);
    await send({ name: "once/begun", data: { appointmentId: "a" } });
    await send(
      { name: "once/begun", data: { appointmentId: "a" } },
      { name: "once/begun", data: { appointmentId: "b" } },
    );
    expect(runs("once").map((run) => run.output)).toEqual(["a", "b"]);
    await pass("1d");
    await send({ name: "once/begun", data: { appointmentId: "a" } });
    expect(runs("once")).toHaveLength(3);
  });
});

describe("debounce", () => {
  it("starts one run with the last event, after a quiet time", async () => {
    const { send, pass, run, runs } = await stage((client) => [
      client.createFunction(
        {
          id: "calm",
          triggers: { event: "calm/said" },
          debounce: { period: "1m", key: "event.data.who", timeout: "2m" },
        },
        async ({ event }) => event.data.n,
      ),
    ]);
    await send({ name: "calm/said", data: { who: "a", n: 1 } });
    await pass("50s");
    await send({ name: "calm/said", data: { who: "a", n: 2 } });
    await pass("50s");
    expect(runs("calm")).toEqual([]);
    await send({ name: "calm/said", data: { who: "a", n: 3 } });
    await pass("20s");
    expect(run("calm").output).toBe(3);
    expect(since(run("calm").startedAt)).toBe(ms("2m"));
  });
});

describe("batchEvents", () => {
  it("starts a run when there are enough events, or after the first has waited", async () => {
    const { send, pass, runs } = await stage((client) => [
      client.createFunction(
        { id: "digest", triggers: { event: "digest/line" }, batchEvents: { maxSize: 3, timeout: "60s" } },
        async ({ events }) => events.map((event: { data: { n: number } }) => event.data.n),
      ),
    ]);
    await send(...[1, 2, 3, 4].map((n) => ({ name: "digest/line", data: { n } })));
    expect(runs("digest").map((run) => run.output)).toEqual([[1, 2, 3]]);
    await pass("59s");
    expect(runs("digest")).toHaveLength(1);
    await pass("1s");
    expect(runs("digest").map((run) => run.output)).toEqual([[1, 2, 3], [4]]);
  });
});

describe("singleton", () => {
  const single = (mode: "skip" | "cancel") =>
    stage((client) => [
      client.createFunction(
        { id: "single", triggers: { event: "single/begun" }, singleton: { key: "event.data.clinic", mode } },
        async ({ event, step }) => {
          await step.sleep("work", "1h");
          return event.data.n;
        },
      ),
    ]);

  it("skips while a run of the same key goes on", async () => {
    const { send, pass, runs } = await single("skip");
    await send({ name: "single/begun", data: { clinic: "a", n: 1 } });
    await send(
      { name: "single/begun", data: { clinic: "a", n: 2 } },
      { name: "single/begun", data: { clinic: "b", n: 3 } },
    );
    await pass("1h");
    expect(runs("single").map((run) => run.output)).toEqual([1, 3]);
  });

  it("or cancels the run that goes on", async () => {
    const { send, pass, runs } = await single("cancel");
    await send({ name: "single/begun", data: { clinic: "a", n: 1 } });
    await send({ name: "single/begun", data: { clinic: "a", n: 2 } });
    await pass("1h");
    expect(runs("single").map(({ status, output }) => [status, output])).toEqual([
      ["Cancelled", undefined],
      ["Completed", 2],
    ]);
  });
});
