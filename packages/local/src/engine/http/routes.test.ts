import { describe, expect, it } from "vitest";
import { hashedKey } from "../call/signature.ts";
import { type Stage, signingKey, stage } from "../testing.ts";

type Row = Record<string, unknown>;

interface Body {
  data: Row & Row[];
  functions: Row[];
}

async function call(
  engine: Stage["engine"],
  request: string,
  body?: unknown,
  headers: Record<string, string> = {},
) {
  const [method = "GET", path = "/"] = request.split(" ");
  const answer = await fetch(`${engine.url}${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Body };
}

const visits = (options: Parameters<typeof stage>[1] = {}) =>
  stage(
    (client) => [
      client.createFunction(
        { id: "visit", triggers: { event: "visit/begun" }, retries: 0 },
        async ({ event, step }) => {
          const first = await step.run("first", (n: number) => n, event.data.n);
          const second = await step.run("second", (n: number) => n * 10, first);
          if (event.data.fails) throw new Error("as asked");
          if (event.data.sleeps) await step.sleep("nap", "1d");
          return second;
        },
      ),
      client.createFunction({ id: "nightly", triggers: { cron: "0 0 * * *" } }, async () => "done"),
    ],
    options,
  );

describe("the first API", () => {
  it("shows events, the runs they started, and a run", async () => {
    const { send, engine } = await visits();
    const [id] = await send({ id: "mine", name: "visit/begun", data: { n: 1 } });

    const events = await call(engine, "GET /v1/events?name=visit/begun");
    expect(events.body.data).toMatchObject([
      { internal_id: id, id: "mine", name: "visit/begun", data: { n: 1 } },
    ]);
    expect((await call(engine, `GET /v1/events/${id}`)).body.data).toEqual(events.body.data[0]);
    expect((await call(engine, "GET /v1/events?received_after=2026-12-01T09:00:01Z")).body.data).toEqual([]);
    const { body } = await call(engine, `GET /v1/events/${id}/runs`);
    expect(body.data).toMatchObject([
      {
        function_id: "clinic-visit",
        event_id: id,
        status: "Completed",
        output: 10,
        run_started_at: "2026-12-01T09:00:00.000Z",
        ended_at: "2026-12-01T09:00:00.000Z",
      },
    ]);
    expect((await call(engine, `GET /v1/runs/${body.data[0]?.run_id}`)).body.data).toEqual(body.data[0]);
  });

  it("cancels a run", async () => {
    const { send, engine, run } = await visits();
    await send({ name: "visit/begun", data: { n: 1, sleeps: true } });
    expect((await call(engine, `DELETE /v1/runs/${run("visit").id}`)).status).toBe(200);
    expect(run("visit").status).toBe("Cancelled");
    expect((await call(engine, "DELETE /v1/runs/nobody")).status).toBe(404);
  });
});

describe("the second API", () => {
  it("lists runs by status and function", async () => {
    const { send, engine } = await visits();
    await send({ name: "visit/begun", data: { n: 1 } }, { name: "visit/begun", data: { n: 2, fails: true } });
    const failed = await call(engine, "GET /v2/runs?status=FAILED&function_id=clinic-visit&limit=5");
    expect(failed.body.data).toMatchObject([{ functionId: "clinic-visit", status: "FAILED" }]);
    expect((await call(engine, "GET /api/v2/runs?limit=1")).body.data).toHaveLength(1);
    expect((await call(engine, "GET /v2/runs?function_id=other")).body.data).toEqual([]);
  });

  it("runs a run again, as a whole or from a step with another input", async () => {
    const { send, engine, run, runs } = await visits();
    await send({ id: "once", name: "visit/begun", data: { n: 1 } });
    const { id } = run("visit");

    const whole = await call(engine, `POST /v2/runs/${id}/rerun`, {});
    const fromStep = await call(engine, `POST /v2/runs/${id}/rerun`, {
      fromStep: { stepId: "second", input: [7] },
    });
    await engine.runDue();
    expect(runs("visit").map((one) => [one.id, one.output])).toEqual([
      [id, 10],
      [whole.body.data.id, 10],
      [fromStep.body.data.id, 70],
    ]);
  });

  it("does not run a scheduled run again, nor one that is not there", async () => {
    const { pass, engine, run } = await visits();
    await pass("1d");
    expect((await call(engine, `POST /v2/runs/${run("nightly").id}/rerun`, {})).status).toBe(400);
    expect((await call(engine, "POST /v2/runs/nobody/rerun", {})).status).toBe(404);
  });

  it("cancels a run", async () => {
    const { send, engine, run } = await visits();
    await send({ name: "visit/begun", data: { n: 1, sleeps: true } });
    const answer = await call(engine, `POST /v2/runs/${run("visit").id}/cancel`);
    expect(answer.body.data.status).toBe("CANCELLED");
  });
});

describe("the surface", () => {
  it("says that it is well and what it may run", async () => {
    const { engine } = await visits();
    expect((await call(engine, "GET /health")).status).toBe(200);
    const { body } = await call(engine, "GET /dev");
    expect(body.functions.map((one) => one.id)).toEqual(["clinic-visit", "clinic-nightly"]);
    expect((await call(engine, "GET /nothing/here")).status).toBe(404);
  });

  it("asks for the signing key, plain or hashed, where there is one", async () => {
    const { engine } = await visits({ signingKey });
    const status = async (headers: Record<string, string>) =>
      (await call(engine, "GET /v1/events", undefined, headers)).status;
    expect(await status({})).toBe(401);
    expect(await status({ authorization: "Bearer wrong" })).toBe(401);
    expect(await status({ authorization: `Bearer ${signingKey}` })).toBe(200);
    expect(await status({ authorization: `Bearer ${hashedKey(signingKey)}` })).toBe(200);
    expect((await call(engine, "POST /e/key", { name: "visit/begun", data: {} })).status).toBe(200);
  });

  it("answers an event while a step that sends it is under way", async () => {
    const { send, run } = await stage((client) => [
      client.createFunction({ id: "sender", triggers: { event: "t/send" } }, async ({ step }) =>
        step.run("send", async () => (await client.send({ name: "t/sent", data: {} })).ids.length),
      ),
      client.createFunction({ id: "sent", triggers: { event: "t/sent" } }, async () => "here"),
    ]);
    await send({ name: "t/send" });
    expect([run("sender").output, run("sent").output]).toEqual([1, "here"]);
  });
});

describe("the page", () => {
  it("lists runs with their steps, and shows no markup of theirs as its own", async () => {
    const { send, engine } = await visits();
    await send({ id: "<b>id</b>", name: "visit/begun", data: { n: "<script>alert(1)</script>" } });
    const answer = await fetch(engine.url);
    const page = await answer.text();
    expect(answer.headers.get("content-type")).toContain("text/html");
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(page).toContain("clinic-visit");
    expect(page).toContain("first");
    expect(page).not.toContain("<script>");
    expect(page).not.toContain("<b>id");
    expect(page).toContain("&#60;script&#62;");
  });

  it("chooses by status and workflow", async () => {
    const { send, engine } = await visits();
    await send({ name: "visit/begun", data: { n: 1 } }, { name: "visit/begun", data: { n: 2, fails: true } });
    const failed = await (await fetch(`${engine.url}/?status=failed&workflow=visit`)).text();
    expect(failed).toContain("as asked");
    expect(failed).not.toContain(">Completed<");
  });
});

describe("inspect", () => {
  it("gives everything that events and runs hold", async () => {
    const { send, engine } = await visits();
    await send({ name: "visit/begun", data: { n: "in the event", fails: true } });
    for (const text of ["in the event", "as asked", "clinic-visit"]) expect(engine.inspect()).toContain(text);
  });
});

it("answers whoever is in its process as it answers over the network", async () => {
  const { engine } = await visits({ signingKey });
  const event = JSON.stringify({ name: "visit/begun", data: { n: 1 } });
  const key = { authorization: `Bearer ${hashedKey(signingKey)}` };
  const requests: [path: string, init: RequestInit][] = [
    ["/e/key", { method: "POST", body: event }],
    ["/e/key", { method: "POST", body: Buffer.from(event) }],
    ["/e/key", { method: "POST", body: "{" }],
    ["/e/key", { method: "POST", body: `"${"é".repeat(16 * 1024 * 1024)}"` }],
    ["/v1/events", { headers: key }],
    ["/v1/events", {}],
    ["/nowhere", {}],
  ];
  const statuses: number[] = [];
  for (const [path, init] of requests) {
    const over = await fetch(`${engine.url}${path}`, init);
    const direct = await engine.fetch(`${engine.url}${path}`, init);
    expect(Object.keys((await direct.json()) as object)).toEqual(Object.keys((await over.json()) as object));
    const kinds = [direct, over].map(({ headers }) => headers.get("x-inngest-server-kind"));
    expect(kinds).toEqual(["cloud", "cloud"]);
    expect(direct.status).toBe(over.status);
    statuses.push(direct.status);
  }
  expect(statuses).toEqual([200, 200, 400, 413, 200, 401, 404]);
});
