import { describe, expect, it } from "vitest";
import { ms, since, stage } from "../testing.ts";

describe("waitForEvent", () => {
  const confirmation = () =>
    stage((client) => [
      client.createFunction(
        { id: "confirm", triggers: { event: "appointment/booked" } },
        async ({ step }) => {
          const confirmed = await step.waitForEvent("confirmed", {
            event: "appointment/confirmed",
            timeout: "2h",
            if: "async.data.appointmentId == event.data.appointmentId",
          });
          return confirmed ? { by: confirmed.data.by, name: confirmed.name } : "nobody";
        },
      ),
    ]);

  it("goes on with the first event that matches, and with no other", async () => {
    const { send, run } = await confirmation();
    await send({ name: "appointment/booked", data: { appointmentId: "a" } });
    await send({ name: "appointment/confirmed", data: { appointmentId: "b", by: "somebody else" } });
    expect(run("confirm")).toMatchObject({ status: "Running", sleepingUntil: "2026-12-01T11:00:00.000Z" });

    await send({ name: "appointment/confirmed", data: { appointmentId: "a", by: "patient" } });
    await send({ name: "appointment/confirmed", data: { appointmentId: "a", by: "late" } });
    expect(run("confirm").output).toEqual({ by: "patient", name: "appointment/confirmed" });
  });

  it("goes on with null when its time is up", async () => {
    const { send, pass, run } = await confirmation();
    await send({ name: "appointment/booked", data: { appointmentId: "a" } });
    await pass("1h59m59s");
    expect(run("confirm").status).toBe("Running");
    await pass("1s");
    expect(run("confirm")).toMatchObject({ status: "Completed", output: "nobody" });
    expect(since(run("confirm").endedAt)).toBe(ms("2h"));
  });

  it("does not see an event that came before the wait", async () => {
    const { send, run } = await confirmation();
    await send(
      { name: "appointment/booked", data: { appointmentId: "a" } },
      { name: "appointment/confirmed", data: { appointmentId: "a", by: "too early" } },
    );
    expect(run("confirm").status).toBe("Running");
  });

  it("sees an event that a sibling step sends", async () => {
    const { send, run } = await stage((client) => [
      client.createFunction({ id: "sibling", triggers: { event: "sibling/begun" } }, async ({ step }) => {
        const [answer] = await Promise.all([
          step.waitForEvent("answer", { event: "sibling/answer", timeout: "1h" }),
          step.sendEvent("ask", { name: "sibling/answer", data: { yes: true } }),
        ]);
        return answer?.data;
      }),
    ]);
    await send({ name: "sibling/begun" });
    expect(run("sibling").output).toEqual({ yes: true });
  });

  it("is offered a duplicate event as well", async () => {
    const { send, run } = await confirmation();
    await send({ id: "c1", name: "appointment/confirmed", data: { appointmentId: "a", by: "first" } });
    await send({ name: "appointment/booked", data: { appointmentId: "a" } });
    await send({ id: "c1", name: "appointment/confirmed", data: { appointmentId: "a", by: "again" } });
    expect(run("confirm").output).toMatchObject({ by: "again" });
  });

  it("fails the run when its expression cannot be read", async () => {
    const { send, run } = await stage((client) => [
      client.createFunction({ id: "typo", triggers: { event: "typo/begun" } }, async ({ step }) => {
        await step.waitForEvent("never", {
          event: "x/y",
          timeout: "1h",
          if: "evnt.data.id == async.data.id",
        });
      }),
    ]);
    await send({ name: "typo/begun" });
    expect(run("typo")).toMatchObject({ status: "Failed", error: { name: "ExpressionRefused" } });
  });
});

describe("cancelOn", () => {
  const reminder = (cancelOn: { event: string; if?: string; timeout?: string }) => {
    const remembered: string[] = [];
    return stage((client) => [
      client.createFunction(
        { id: "reminder", triggers: { event: "appointment/*" }, cancelOn: [cancelOn] },
        async ({ event, step }) => {
          await step.sleep("wait", "7d");
          await step.run("remind", () => void remembered.push(event.data.appointmentId));
          return remembered;
        },
      ),
    ]);
  };
  const cancelled = {
    event: "clinic/cancelled",
    if: "async.data.appointmentId == event.data.appointmentId",
  };

  it("cancels the run that matches, and lets others be", async () => {
    const { send, pass, runs } = await reminder(cancelled);
    await send(
      { name: "appointment/booked", data: { appointmentId: "a" } },
      { name: "appointment/booked", data: { appointmentId: "b" } },
    );
    await send({ name: "clinic/cancelled", data: { appointmentId: "a" } });
    expect(runs("reminder").map((run) => run.status)).toEqual(["Cancelled", "Running"]);
    await pass("7d");
    expect(runs("reminder")[1]).toMatchObject({ status: "Completed", output: ["b"] });
  });

  it("matches a field that both events lack, as the service does", async () => {
    const { send, run } = await reminder({
      event: "clinic/cancelled",
      if: "async.data.typo == event.data.typo",
    });
    await send({ name: "appointment/booked", data: { appointmentId: "a" } });
    await send({ name: "clinic/cancelled", data: { appointmentId: "other" } });
    expect(run("reminder").status).toBe("Cancelled");
  });

  it("is not met by the event that starts the run, but by the next of the same name", async () => {
    const { send, runs } = await reminder({
      event: "appointment/rescheduled",
      if: "async.data.appointmentId == event.data.appointmentId",
    });
    await send({ name: "appointment/rescheduled", data: { appointmentId: "a" } });
    expect(runs("reminder").map((run) => run.status)).toEqual(["Running"]);
    await send({ name: "appointment/rescheduled", data: { appointmentId: "a" } });
    expect(runs("reminder").map((run) => run.status)).toEqual(["Cancelled", "Running"]);
  });

  it("lapses after its timeout", async () => {
    const { send, pass, run } = await reminder({ ...cancelled, timeout: "1d" });
    await send({ name: "appointment/booked", data: { appointmentId: "a" } });
    await pass("1d1s");
    await send({ name: "clinic/cancelled", data: { appointmentId: "a" } });
    expect(run("reminder").status).toBe("Running");
  });

  it("is told by inngest/function.cancelled, not by onFailure", async () => {
    const told: string[] = [];
    const { send, run, runs } = await stage((client) => [
      client.createFunction(
        {
          id: "held",
          triggers: { event: "held/begun" },
          cancelOn: [{ event: "held/ended" }],
          onFailure: async () => "told",
        },
        async ({ step }) => step.sleep("long", "1d"),
      ),
      client.createFunction(
        { id: "log", triggers: { event: "inngest/function.cancelled" } },
        async ({ event }) => {
          told.push(event.data.function_id);
          return event.data.event.data;
        },
      ),
    ]);
    await send({ name: "held/begun", data: { id: "h1" } });
    await send({ name: "held/ended" });
    expect(told).toEqual(["clinic-held"]);
    expect(run("log").output).toEqual({ id: "h1" });
    expect(runs("held-failure")).toEqual([]);
  });

  it("lets a step under way end, and ignores what it answers", async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const calls: string[] = [];
    const { client, engine, run } = await stage((client) => [
      client.createFunction(
        { id: "slow", triggers: { event: "slow/begun" }, cancelOn: [{ event: "slow/ended" }] },
        async ({ step }) => {
          await step.run("working", async () => {
            begin();
            await released;
            calls.push("working");
          });
          await step.run("after", () => void calls.push("after"));
        },
      ),
    ]);
    await client.send({ name: "slow/begun" });
    const working = engine.runDue();
    await begun;
    await client.send({ name: "slow/ended" });
    await expect.poll(() => run("slow").status, { timeout: 10_000 }).toBe("Cancelled");
    release();
    await working;
    expect(calls).toEqual(["working"]);
    expect(run("slow")).toMatchObject({ status: "Cancelled", steps: [] });
  });
});

describe("signals", () => {
  const waiting = (onConflict: "fail" | "replace") =>
    stage((client) => [
      client.createFunction({ id: "waits", triggers: { event: "waits/begun" } }, async ({ step }) => {
        const signal = await step.waitForSignal("go", { signal: "slot-1", timeout: "1d", onConflict });
        return signal?.data ?? "nothing";
      }),
      client.createFunction({ id: "sends", triggers: { event: "sends/begun" } }, async ({ step }) => {
        await step.sendSignal("go", { signal: "slot-1", data: { ok: true } });
      }),
    ]);

  it("resume the one run that waits", async () => {
    const { send, run } = await waiting("fail");
    await send({ name: "waits/begun" });
    await send({ name: "sends/begun" });
    expect(run("waits").output).toEqual({ ok: true });
  });

  it("that nobody waits for are refused", async () => {
    const { engine } = await waiting("fail");
    const answer = await fetch(`${engine.url}/v1/signals`, {
      method: "POST",
      body: JSON.stringify({ signal: "nobody", data: 1 }),
    });
    expect(answer.status).toBe(404);
  });

  it("cannot be waited for by two runs", async () => {
    const { send, runs } = await waiting("fail");
    await send({ name: "waits/begun" });
    await send({ name: "waits/begun" });
    expect(runs("waits")).toMatchObject([
      { status: "Running" },
      { status: "Failed", error: { message: /slot-1/ } },
    ]);
  });

  it("can be taken over; the first run waits until its time is up", async () => {
    const { send, pass, runs } = await waiting("replace");
    await send({ name: "waits/begun" });
    await send({ name: "waits/begun" });
    await send({ name: "sends/begun" });
    expect(runs("waits")).toMatchObject([{ status: "Running" }, { output: { ok: true } }]);
    await pass("1d");
    expect(runs("waits")[0]).toMatchObject({ output: "nothing" });
  });
});
