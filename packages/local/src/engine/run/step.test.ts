import { type Context, type FailureEventArgs, NonRetriableError, RetryAfterError, StepError } from "inngest";
import { describe, expect, it } from "vitest";
import { ms, since, stage } from "../testing.ts";

describe("steps", () => {
  it("run once each, in order, and hand their results on as JSON", async () => {
    const calls: string[] = [];
    const { send, run } = await stage((client) => [
      client.createFunction({ id: "visit", triggers: { event: "visit/begun" } }, async ({ event, step }) => {
        const loaded = await step.run("load", () => {
          calls.push("load");
          return { id: event.data.id, at: new Date(0), nothing: undefined };
        });
        await step.run("save", () => void calls.push("save"));
        return loaded;
      }),
    ]);
    await send({ name: "visit/begun", data: { id: "v1" } });

    expect(calls).toEqual(["load", "save"]);
    expect(run("visit")).toMatchObject({
      status: "Completed",
      output: { id: "v1", at: "1970-01-01T00:00:00.000Z" },
      steps: [
        { id: "load", op: "StepRun", status: "completed", data: { id: "v1" } },
        { id: "save", status: "completed", data: null },
      ],
    });
  });

  it("with the same id in a loop are told apart by their index", async () => {
    const { send, run } = await stage((client) => [
      client.createFunction({ id: "loop", triggers: { event: "loop/begun" } }, async ({ step }) => {
        const seen: number[] = [];
        for (const index of [0, 1, 2]) seen.push(await step.run("again", () => index));
        return seen;
      }),
    ]);
    await send({ name: "loop/begun" });

    expect(run("loop").output).toEqual([0, 1, 2]);
    expect(run("loop").steps.map((step) => step.id)).toEqual(["again", "again:1", "again:2"]);
  });
});

describe("sleep", () => {
  it("until a moment goes on at that moment and not before", async () => {
    const { send, pass, run } = await stage((client) => [
      client.createFunction(
        { id: "reminder", triggers: { event: "appointment/booked" } },
        async ({ event, step }) => {
          await step.sleepUntil("a-day-before", new Date(Date.parse(event.data.startsAt) - ms("24h")));
          await step.run("remind", () => "sent");
        },
      ),
    ]);
    await send({ name: "appointment/booked", data: { startsAt: "2026-12-03T15:00:00Z" } });
    expect(run("reminder")).toMatchObject({ status: "Running", sleepingUntil: "2026-12-02T15:00:00.000Z" });

    await pass("2026-12-02T14:59:59Z");
    expect(run("reminder").status).toBe("Running");
    await pass("1s");
    expect(run("reminder")).toMatchObject({ status: "Completed", endedAt: "2026-12-02T15:00:00.000Z" });
  });

  it("until a moment that has passed goes on at once", async () => {
    const { send, run } = await stage((client) => [
      client.createFunction({ id: "late", triggers: { event: "late/begun" } }, async ({ step }) => {
        await step.sleepUntil("past", new Date("2026-11-30T00:00:00Z"));
        return "on";
      }),
    ]);
    await send({ name: "late/begun" });
    expect(run("late").output).toBe("on");
  });

  it("longer than the limit fails the run", async () => {
    const functions =
      (id: string, duration: string) => (client: Parameters<Parameters<typeof stage>[0]>[0]) => [
        client.createFunction({ id, triggers: { event: "nap/begun" } }, async ({ step }) => {
          await step.sleep("nap", duration);
        }),
      ];
    const free = await stage(functions("nap", "8d"), { maxSleepMs: ms("7d") });
    await free.send({ name: "nap/begun" });
    expect(free.run("nap")).toMatchObject({ status: "Failed", error: { message: /longer than 7 days/ } });

    const paid = await stage(functions("nap", "367d"));
    await paid.send({ name: "nap/begun" });
    expect(paid.run("nap")).toMatchObject({ status: "Failed", error: { message: /longer than 366 days/ } });
  });
});

describe("a step that throws", () => {
  it("is tried again by the service's backoff, each step with attempts of its own", async () => {
    const attempts: [number, number][] = [];
    const { send, pass, run, clock } = await stage((client) => [
      client.createFunction(
        { id: "flaky", triggers: { event: "flaky/begun" }, retries: 3 },
        async ({ step, attempt }) => {
          const value = await step.run("unsure", () => {
            attempts.push([attempt, clock.now() - Date.parse("2026-12-01T09:00:00Z")]);
            if (attempts.length < 4) throw new Error(`attempt ${attempts.length}`);
            return "at last";
          });
          return { value, attempt };
        },
      ),
    ]);
    await send({ name: "flaky/begun" });
    expect(run("flaky").steps[0]).toMatchObject({ status: "retrying", error: { message: "attempt 1" } });

    await pass("10m");
    expect(attempts).toEqual([
      [0, 0],
      [1, ms("15s")],
      [2, ms("45s")],
      [3, ms("1m45s")],
    ]);
    expect(run("flaky").output).toEqual({ value: "at last", attempt: 0 });
  });

  it("waits up to half a minute longer by chance", async () => {
    const { send, engine, clock } = await stage(
      (client) => [
        client.createFunction({ id: "flaky", triggers: { event: "flaky/begun" } }, async ({ step }) => {
          await step.run("never", () => {
            throw new Error("no");
          });
        }),
      ],
      { jitter: () => 0.5 },
    );
    await send({ name: "flaky/begun" });
    expect(engine.nextDueAt()).toBe(clock.now() + ms("30s"));
  });

  it("chooses its own time with RetryAfterError", async () => {
    let calls = 0;
    const { send, pass, run } = await stage((client) => [
      client.createFunction({ id: "patient", triggers: { event: "patient/begun" } }, async ({ step }) =>
        step.run("limited", () => {
          calls += 1;
          if (calls === 1) throw new RetryAfterError("slow down", "10m");
          return calls;
        }),
      ),
    ]);
    await send({ name: "patient/begun" });
    await pass("9m59s");
    expect(calls).toBe(1);
    await pass("1s");
    expect(run("patient")).toMatchObject({ status: "Completed", output: 2 });
  });

  it("for good is seen by the code as a StepError, which may go on", async () => {
    const { send, run } = await stage((client) => [
      client.createFunction(
        { id: "caught", triggers: { event: "caught/begun" }, retries: 0 },
        async ({ step }) => {
          try {
            await step.run("refund", () => {
              throw new NonRetriableError("card gone", { cause: new Error("inner") });
            });
          } catch (error) {
            await step.run("compensate", () => "done");
            const known = error as StepError;
            return [
              error instanceof StepError,
              known.stepId,
              known.name,
              known.message,
              (known.cause as Error).message,
            ];
          }
        },
      ),
    ]);
    await send({ name: "caught/begun" });
    expect(run("caught")).toMatchObject({
      status: "Completed",
      output: [true, "refund", "NonRetriableError", "card gone", "inner"],
      steps: [{ status: "failed", error: { message: "card gone" } }, { status: "completed" }],
    });
  });

  it("fails the run when nobody catches it, and onFailure learns of it", async () => {
    const told: unknown[] = [];
    const { send, pass, run, runs } = await stage((client) => [
      client.createFunction(
        {
          id: "failing",
          triggers: { event: "failing/begun" },
          retries: 1,
          onFailure: async ({ error, event, step }: FailureEventArgs & Pick<Context, "step">) => {
            await step.run(
              "alert",
              () => void told.push([error.message, event.data.function_id, event.data.event.data]),
            );
          },
        },
        async ({ step }) => {
          await step.run("never", () => {
            throw new Error("no");
          });
        },
      ),
      client.createFunction(
        { id: "log", triggers: { event: "inngest/function.failed" } },
        async ({ event }) => event.data,
      ),
    ]);
    await send({ name: "failing/begun", data: { x: 1 } });
    await pass("15s");

    expect(run("failing")).toMatchObject({ status: "Failed", error: { message: "no" } });
    expect(told).toEqual([["no", "clinic-failing", { x: 1 }]]);
    expect(run("failing-failure").status).toBe("Completed");
    expect(runs("log")).toHaveLength(1);
    expect(run("log").output).toMatchObject({
      function_id: "clinic-failing",
      run_id: run("failing").id,
      error: { error: "Error: no", name: "Error", message: "no" },
    });
  });
});

describe("a function that throws outside its steps", () => {
  it("is called again as a whole, its ended steps not", async () => {
    const calls: string[] = [];
    const { send, pass, run } = await stage((client) => [
      client.createFunction(
        { id: "outside", triggers: { event: "outside/begun" } },
        async ({ step, attempt }) => {
          await step.run("once", () => void calls.push("once"));
          calls.push(`attempt ${attempt}`);
          if (attempt < 2) throw new RetryAfterError("not yet", "1m");
          return attempt;
        },
      ),
    ]);
    await send({ name: "outside/begun" });
    await pass("2m");
    expect(calls).toEqual(["once", "attempt 0", "attempt 1", "attempt 2"]);
    expect(run("outside").output).toBe(2);
  });

  it("fails at once with NonRetriableError, and at the last attempt with any", async () => {
    const { send, pass, run } = await stage((client) => [
      client.createFunction({ id: "hopeless", triggers: { event: "t/hopeless" } }, async () => {
        throw new NonRetriableError("no use");
      }),
      client.createFunction({ id: "stubborn", triggers: { event: "t/stubborn" }, retries: 2 }, async () => {
        throw new Error("again");
      }),
    ]);
    await send({ name: "t/hopeless" }, { name: "t/stubborn" });
    expect(run("hopeless")).toMatchObject({
      status: "Failed",
      error: { name: "NonRetriableError", message: "no use" },
    });
    expect(run("stubborn").status).toBe("Running");
    await pass("10m");
    expect(since(run("stubborn").endedAt)).toBe(ms("45s"));
    expect(run("stubborn")).toMatchObject({ status: "Failed", error: { message: "again" } });
  });
});

describe("parallel steps", () => {
  it("all end before the code after them goes on", async () => {
    const calls: string[] = [];
    const { send, pass, run } = await stage((client) => [
      client.createFunction({ id: "both", triggers: { event: "both/begun" } }, async ({ step }) => {
        const [a, b] = await Promise.all([
          step.run("a", () => {
            calls.push("a");
            return 1;
          }),
          (async () => {
            await step.sleep("nap", "5m");
            return step.run("b", () => {
              calls.push("b");
              return 2;
            });
          })(),
        ]);
        return step.run("after", () => a + b);
      }),
    ]);
    await send({ name: "both/begun" });
    expect(calls).toEqual(["a"]);
    await pass("5m");
    expect(calls).toEqual(["a", "b"]);
    expect(run("both")).toMatchObject({ status: "Completed", output: 3 });
  });

  it("are tried again one by one", async () => {
    const calls: string[] = [];
    const { send, pass, run } = await stage((client) => [
      client.createFunction({ id: "some", triggers: { event: "some/begun" } }, async ({ step }) =>
        Promise.all(
          ["a", "b", "c"].map((id) =>
            step.run(id, () => {
              calls.push(id);
              if (id === "b" && calls.filter((one) => one === "b").length < 2) throw new Error("b again");
              return id;
            }),
          ),
        ),
      ),
    ]);
    await send({ name: "some/begun" });
    await pass("1m");
    expect(calls.sort()).toEqual(["a", "b", "b", "c"]);
    expect(run("some").output).toEqual(["a", "b", "c"]);
  });

  it("in a race let the code go on with the first", async () => {
    const { send, pass, run } = await stage((client) => [
      client.createFunction({ id: "race", triggers: { event: "race/begun" } }, async ({ step, group }) => {
        const winner = await group.parallel(() =>
          Promise.race([
            step.run("fast", () => "fast"),
            step.waitForEvent("slow", { event: "race/never", timeout: "1h" }),
          ]),
        );
        return step.run("after", () => winner);
      }),
    ]);
    await send({ name: "race/begun" });
    expect(run("race").steps.find((step) => step.id === "after")?.data).toBe("fast");
    await pass("1h");
    expect(run("race")).toMatchObject({ status: "Completed", output: "fast" });
  });
});

describe("invoke", () => {
  it("gives the result of the other function, or throws its error", async () => {
    const { send, pass, runs } = await stage((client) => {
      const child = client.createFunction(
        { id: "child", triggers: { event: "child/begun" }, retries: 0 },
        async ({ event }) => {
          if (event.data.n > 9) throw new Error("too big");
          return event.data.n * 2;
        },
      );
      const parent = client.createFunction(
        { id: "parent", triggers: { event: "parent/begun" } },
        async ({ event, step }) => step.invoke("double", { function: child, data: { n: event.data.n } }),
      );
      return [child, parent];
    });
    await send({ name: "parent/begun", data: { n: 4 } }, { name: "parent/begun", data: { n: 10 } });
    await pass("1h");
    expect(runs("parent")).toMatchObject([
      { status: "Completed", output: 8 },
      { status: "Failed", error: { message: "too big" } },
    ]);
    expect(runs("child")).toHaveLength(2);
  });

  it("fails when the function is not there or takes too long", async () => {
    const { send, pass, runs } = await stage((client) => {
      const gone = client.createFunction({ id: "gone", triggers: { event: "gone/begun" } }, async () => 1);
      const slow = client.createFunction(
        { id: "slow", triggers: { event: "slow/begun" } },
        async ({ step }) => {
          await step.sleep("long", "2h");
        },
      );
      const parent = client.createFunction(
        { id: "parent", triggers: { event: "parent/begun" } },
        async ({ event, step }) => {
          const target = event.data.slow ? slow : gone;
          await step.invoke("call", { function: target, data: {}, timeout: "1h" });
        },
      );
      return [slow, parent];
    });
    await send(
      { name: "parent/begun", data: { slow: false } },
      { name: "parent/begun", data: { slow: true } },
    );
    expect(runs("parent")[0]).toMatchObject({
      status: "Failed",
      error: { message: "could not find function with ID: clinic-gone" },
    });
    await pass("1h");
    expect(runs("parent")[1]).toMatchObject({
      status: "Failed",
      error: { name: "InngestInvokeTimeoutError" },
    });
  });
});

describe("limits of a run", () => {
  it("with more than 1,000 steps it fails", async () => {
    const { send, run } = await stage((client) => [
      client.createFunction({ id: "many", triggers: { event: "many/begun" } }, async ({ step }) => {
        await Promise.all(Array.from({ length: 1001 }, (_, index) => step.sleep(`nap-${index}`, "1m")));
      }),
    ]);
    await send({ name: "many/begun" });
    expect(run("many")).toMatchObject({ status: "Failed", error: { message: /more than 1000 steps/ } });
  });

  it("with a step that returns more than 4 MB it fails at once", async () => {
    const { send, run } = await stage((client) => [
      client.createFunction({ id: "heavy", triggers: { event: "heavy/begun" } }, async ({ step }) => {
        await step.run("blob", () => "x".repeat(4 * 1024 * 1024));
      }),
    ]);
    await send({ name: "heavy/begun" });
    expect(run("heavy")).toMatchObject({ status: "Failed", error: { message: /larger than 4194304 bytes/ } });
  });

  it("with more state than fits a call the app fetches it", async () => {
    const { send, run } = await stage((client) => [
      client.createFunction({ id: "large", triggers: { event: "large/begun" } }, async ({ event, step }) => {
        const sizes: number[] = [];
        for (const id of ["a", "b", "c"])
          sizes.push((await step.run(id, () => "x".repeat(2_000_000))).length);
        return [event.data.id, ...sizes];
      }),
    ]);
    await send({ name: "large/begun", data: { id: "v1" } });
    expect(run("large").output).toEqual(["v1", 2_000_000, 2_000_000, 2_000_000]);
  });

  it("that asks the engine to fetch for it is told to do so itself", async () => {
    const { send, run } = await stage((client) => [
      client.createFunction({ id: "fetches", triggers: { event: "fetches/begun" } }, async ({ step }) => {
        await step.fetch("http://127.0.0.1:1/");
      }),
    ]);
    await send({ name: "fetches/begun" });
    expect(run("fetches")).toMatchObject({
      status: "Failed",
      error: { message: /not available in the local engine/ },
    });
  });
});
