import { type Route, routes } from "@turno/contract";
import type { Client } from "./calls.ts";
import { problemIn } from "./problem.ts";
import { type AnyCall, headersOf, urlOf } from "./request.ts";
import { type Patience, wait, withRetries } from "./retry.ts";

export interface ClientOptions {
  /** Where the API answers: `https://api.example.org`. */
  readonly baseUrl: string;
  /** A staff token, or the token of a patient's link; a function is asked before each try. */
  readonly token?: string | (() => string | undefined | Promise<string | undefined>);
  /** In place of the platform's own. */
  readonly fetch?: typeof fetch;
  /** Makes a new key for each POST; random when left out. */
  readonly idempotencyKeys?: () => string;
  /** Three tries, by the clock of this machine, when left out. */
  readonly patience?: Partial<Patience>;
}

const ATTEMPTS = 3;

/**
 * A function for every route of the contract: it answers what the route answers, or throws an {@link ApiProblem}.
 *
 * A POST has a new idempotency key, and keeps it while it is tried again after a broken connection or a 503: it has one
 * effect, however often it arrives.
 */
export function createClient(options: ClientOptions): Client {
  const call = caller(options);
  const called = routes.filter(({ access }) => access.kind !== "signature");
  const functions = called.map((route) => [route.id, (given: AnyCall = {}) => call(route, given)] as const);
  return Object.fromEntries(functions) as unknown as Client;
}

type Caller = (route: Route, call: AnyCall) => Promise<unknown>;

function caller({
  baseUrl,
  token,
  fetch: send = (...request) => fetch(...request),
  idempotencyKeys = () => crypto.randomUUID(),
  patience = {},
}: ClientOptions): Caller {
  const patient: Patience = { attempts: ATTEMPTS, wait, ...patience };
  return (route, call) => {
    const { signal } = call;
    const url = urlOf(baseUrl, route, call);
    const key = route.method === "POST" ? (call.idempotencyKey ?? idempotencyKeys()) : undefined;
    const isRepeatable = route.method === "GET" || key !== undefined;
    return withRetries(patient, { isRepeatable, signal }, async () => {
      const headers = headersOf(call, { token: typeof token === "function" ? await token() : token, key });
      const response = await send(url, {
        method: route.method,
        headers,
        ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
        ...(signal && { signal }),
      });
      if (!response.ok) throw await problemIn(response);
      return answerIn(response);
    });
  };
}

async function answerIn(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  const isJson = response.headers.get("content-type")?.startsWith("application/json") ?? false;
  return isJson ? response.json() : response.text();
}
