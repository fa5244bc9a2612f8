import * as z from "zod";
import { stateOf } from "../call/execute.ts";
import type { Context } from "../context.ts";
import { registerApp } from "../definition/register.ts";
import { receiveEvents } from "../event/receive.ts";
import { finishRun } from "../run/finish.ts";
import { RunNotFound, rerun } from "../run/rerun.ts";
import { sendSignal } from "../run/resume.ts";
import type { Run } from "../run/run.ts";
import { renderPage } from "./page.ts";
import type { Incoming, Outgoing, Route } from "./server.ts";
import { publicEvent, publicRun, publicRunV2, viewRuns } from "./view.ts";

const signal = z.object({ signal: z.string().min(1), data: z.unknown().optional() });
const fromStep = z.object({ stepId: z.string(), input: z.array(z.unknown()).optional() });
const again = z.object({ fromStep: fromStep.optional() }).default({});

const mostListed = 100;

/** The part of the service's HTTP surface that the SDK and the product use. */
export function routesOf(context: Context): Route[] {
  const { store, clock } = context;

  const runOf = (id: string | undefined): Run => {
    const run = store.runs.get(id ?? "");
    if (!run) throw new RunNotFound(id ?? "");
    return run;
  };
  const eventsOf = (run: Run) => run.eventIds.map((id) => store.events.get(id)?.event);
  const cancel = ({ parts }: Incoming): Outgoing => {
    const run = runOf(parts.id);
    store.transact(() => finishRun(context, run.id, { status: "Cancelled" }));
    return ok({ data: publicRunV2(runOf(run.id)) });
  };

  const v2: Route[] = ["", "/api"].flatMap((prefix): Route[] => [
    {
      method: "GET",
      path: `${prefix}/v2/runs`,
      answer: ({ query }) => {
        const status = query.get("status");
        const functionId = query.get("function_id");
        const runs = [...store.runs.values()]
          .filter((run) => !status || run.status.toUpperCase() === status.toUpperCase())
          .filter((run) => !functionId || run.functionId === functionId)
          .sort((a, b) => (a.id < b.id ? 1 : -1));
        return ok({ data: runs.slice(0, limitOf(query)).map(publicRunV2) });
      },
    },
    {
      method: "GET",
      path: `${prefix}/v2/runs/:id`,
      answer: ({ parts }) => ok({ data: publicRunV2(runOf(parts.id)) }),
    },
    {
      method: "POST",
      path: `${prefix}/v2/runs/:id/rerun`,
      answer: ({ parts, body }) => {
        const id = rerun(context, runOf(parts.id).id, again.parse(body).fromStep);
        return ok({ data: publicRunV2(runOf(id)) });
      },
    },
    { method: "POST", path: `${prefix}/v2/runs/:id/cancel`, answer: cancel },
  ]);

  return [
    {
      method: "POST",
      path: "/e/:key",
      isOpen: true,
      answer: ({ body, headers }) => {
        const seed = headers["x-inngest-event-id-seed"];
        const ids = receiveEvents(context, body, typeof seed === "string" ? seed : undefined);
        return ok({ ids, status: 200 });
      },
    },
    {
      method: "POST",
      path: "/fn/register",
      answer: ({ body }) => {
        registerApp(context, body);
        return ok({ ok: true, modified: true });
      },
    },
    { method: "GET", path: "/health", isOpen: true, answer: () => ok({ status: 200, message: "OK" }) },
    {
      method: "GET",
      path: "/dev",
      answer: () => ok({ version: "embedded", functions: [...store.definitions.values()] }),
    },
    {
      method: "GET",
      path: "/",
      isOpen: true,
      answer: ({ query }) => {
        const filter = {
          workflow: query.get("workflow") ?? undefined,
          status: query.get("status") ?? undefined,
        };
        return { status: 200, body: renderPage(viewRuns(store, filter), clock.now()) };
      },
    },
    {
      method: "GET",
      path: "/v1/events",
      answer: ({ query }) => {
        const name = query.get("name");
        const [after, before] = [momentIn(query, "received_after"), momentIn(query, "received_before")];
        const events = [...store.events.values()].filter(
          ({ event, receivedAt }) =>
            (!name || event.name === name) && !(receivedAt <= after) && !(receivedAt >= before),
        );
        return ok({
          data: events
            .sort((a, b) => b.seq - a.seq)
            .slice(0, limitOf(query))
            .map(publicEvent),
        });
      },
    },
    {
      method: "GET",
      path: "/v1/events/:id",
      answer: ({ parts }) => {
        const stored = store.events.get(parts.id ?? "");
        return stored
          ? ok({ data: publicEvent(stored) })
          : { status: 404, body: { error: "no such event", status: 404 } };
      },
    },
    {
      method: "GET",
      path: "/v1/events/:id/runs",
      answer: ({ parts }) => ok({ data: store.runsByEvent.get(parts.id ?? "").map(publicRun) }),
    },
    { method: "GET", path: "/v1/runs/:id", answer: ({ parts }) => ok({ data: publicRun(runOf(parts.id)) }) },
    { method: "DELETE", path: "/v1/runs/:id", answer: cancel },
    {
      method: "POST",
      path: "/v1/signals",
      answer: ({ body }) => {
        const sent = signal.parse(body);
        const runId = store.transact(() => sendSignal(context, sent.signal, sent.data));
        return runId
          ? ok({ data: { run_id: runId } })
          : { status: 404, body: { error: "no signal found", status: 404 } };
      },
    },
    { method: "GET", path: "/v0/runs/:id/batch", answer: ({ parts }) => ok(eventsOf(runOf(parts.id))) },
    {
      method: "GET",
      path: "/v0/runs/:id/actions",
      answer: ({ parts }) => ok(stateOf(context, runOf(parts.id).id).steps),
    },
    ...v2,
  ];
}

function ok(body: unknown): Outgoing {
  return { status: 200, body };
}

/** A date of the query in epoch milliseconds; not a number, and so no bound, when there is none. */
function momentIn(query: URLSearchParams, name: string): number {
  return Date.parse(query.get(name) ?? "");
}

function limitOf(query: URLSearchParams): number {
  const asked = Number(query.get("limit") ?? mostListed);
  return Number.isInteger(asked) && asked > 0 ? Math.min(asked, mostListed) : mostListed;
}
