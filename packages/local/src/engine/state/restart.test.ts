import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Inngest } from "inngest";
import { describe, expect, it } from "vitest";
import { startEngine } from "../index.ts";
import { clockAt, stage, start, temporaryDirectory } from "../testing.ts";

/** An engine that nobody closed is what a killed process leaves: its successor has only the files. */
describe("an engine that follows a killed one", () => {
  it("wakes a run that slept, at its moment", async () => {
    const remembered: string[] = [];
    const functions = (client: Inngest) => [
      client.createFunction(
        { id: "reminder", triggers: { event: "appointment/booked" } },
        async ({ event, step }) => {
          const loaded = await step.run("load", () => {
            remembered.push("load");
            return event.data.id;
          });
          await step.sleep("wait", "2d");
          await step.run("remind", () => void remembered.push(`remind ${loaded}`));
        },
      ),
    ];
    const killed = await stage(functions);
    await killed.send({ name: "appointment/booked", data: { id: "a" } });
    await killed.pass("1d");

    const { pass, run } = await stage(functions, { stateDir: killed.directory, clock: killed.clock });
    expect(run("reminder")).toMatchObject({ status: "Running", sleepingUntil: "2026-12-03T09:00:00.000Z" });
    await pass("23h59m");
    expect(remembered).toEqual(["load"]);
    await pass("1m");
    expect(remembered).toEqual(["load", "remind a"]);
    expect(run("reminder").status).toBe("Completed");
  });

  it("executes the step again that was under way, and no step that had ended", async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const calls: string[] = [];
    const functions = (hold: boolean) => (client: Inngest) => [
      client.createFunction({ id: "work", triggers: { event: "work/begun" } }, async ({ step }) => {
        await step.run("first", () => void calls.push("first"));
        await step.run("second", async () => {
          calls.push("second");
          begin();
          if (hold) await released;
        });
      }),
    ];
    const killed = await stage(functions(true));
    await killed.client.send({ name: "work/begun" });
    const abandoned = killed.engine.runDue();
    await begun;

    const { engine, run } = await stage(functions(false), {
      stateDir: killed.directory,
      clock: killed.clock,
    });
    await engine.runDue();
    expect(calls).toEqual(["first", "second", "second"]);
    expect(run("work").status).toBe("Completed");
    release();
    await abandoned;
    expect(run("work").steps).toHaveLength(2);
  });

  it("still knows waits, cancellations, schedules, retries and used event ids", async () => {
    const attempts: number[] = [];
    const functions = (client: Inngest) => [
      client.createFunction({ id: "waits", triggers: { event: "t/waits" } }, async ({ step }) =>
        step.waitForEvent("answer", { event: "t/answer", timeout: "1d" }),
      ),
      client.createFunction(
        { id: "cancelled", triggers: { event: "t/held" }, cancelOn: [{ event: "t/ended" }] },
        async ({ step }) => step.sleep("long", "1d"),
      ),
      client.createFunction(
        { id: "nightly", triggers: { cron: "0 0 * * *" } },
        async ({ event }) => event.id,
      ),
      client.createFunction({ id: "flaky", triggers: { event: "t/flaky" } }, async ({ attempt }) => {
        attempts.push(attempt);
        if (attempt === 0) throw new Error("once");
      }),
    ];
    const killed = await stage(functions);
    const events = ["waits", "held", "flaky"].map((name) => ({ id: name, name: `t/${name}` }));
    await killed.send(...events);

    const { send, pass, run, runs } = await stage(functions, {
      stateDir: killed.directory,
      clock: killed.clock,
    });
    await send(...events);
    await send({ name: "t/answer", data: { n: 1 } }, { name: "t/ended" });
    await pass("16h");
    expect(run("waits").output).toMatchObject({ data: { n: 1 } });
    expect(run("cancelled").status).toBe("Cancelled");
    expect(attempts).toEqual([0, 1]);
    expect(runs("nightly").map(({ output }) => output)).toEqual(["2026-12-02T00:00:00Z"]);
  });

  it("runs a tick late that nobody ran, once, however many were missed", async () => {
    const functions = (client: Inngest) => [
      client.createFunction({ id: "hourly", triggers: { cron: "0 * * * *" } }, async ({ event }) => event.id),
    ];
    const killed = await stage(functions);
    killed.clock.moveTo(Date.parse("2026-12-04T09:30:00Z"));
    const { pass, runs } = await stage(functions, { stateDir: killed.directory, clock: killed.clock });
    await pass("1h");
    expect(runs("hourly").map(({ output }) => output)).toEqual([
      "2026-12-01T10:00:00Z",
      "2026-12-04T10:00:00Z",
    ]);
  });

  it("has every event that was answered for, after a real kill", async () => {
    const directory = temporaryDirectory();
    const script = `
      const { startEngine } = await import(${JSON.stringify(new URL("../index.ts", import.meta.url).href)});
      const clock = { now: () => ${Date.parse(start)} };
      const engine = await startEngine({ clock, stateDir: ${JSON.stringify(directory)} });
      console.log(engine.url);
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      const [output] = (await once(child.stdout, "data")) as [Buffer];
      const url = output.toString().trim();
      const ids: string[] = [];
      for (let n = 0; n < 20; n += 1) {
        const answer = await fetch(`${url}/e/key`, {
          method: "POST",
          body: JSON.stringify({ name: "t/kept", data: { n } }),
        });
        ids.push(...((await answer.json()) as { ids: string[] }).ids);
      }
      child.kill("SIGKILL");
      await once(child, "exit");

      const engine = await startEngine({ clock: clockAt(start), stateDir: directory });
      const answer = await fetch(`${engine.url}/v1/events?name=t/kept`);
      const { data } = (await answer.json()) as { data: { internal_id: string }[] };
      expect(data.map((event) => event.internal_id).reverse()).toEqual(ids);
      expect(await engine.runDue()).toBe(20);
      await engine.close();
    } finally {
      child.kill("SIGKILL");
    }
  });
});

describe("what is over", () => {
  it("is forgotten when it is old, quiet runs of schedules first", async () => {
    const { send, pass, engine, runs } = await stage((client) => [
      client.createFunction({ id: "often", triggers: { cron: "*/15 * * * *" } }, async () => null),
      client.createFunction({ id: "booking", triggers: { event: "t/booked" } }, async ({ step }) => {
        await step.run("save", () => 1);
      }),
    ]);
    await send({ name: "t/booked" });
    await pass("2d");
    // 192 ticks made 192 runs; the newest twenty and those since the last sweep are left.
    expect(runs("often").length).toBeLessThan(150);
    expect(runs("booking")).toHaveLength(1);
    expect(engine.inspect().length).toBeLessThan(1_000_000);
  });
});
