import { type RouteId, routesById } from "@turno/contract";
import { expect } from "vitest";

interface Exchange {
  readonly events: readonly unknown[];
  /** What comes back, as far as it matters. */
  readonly answers: readonly unknown[];
}

const PROFILE = "prf_01JQ0000000000000000000000";
const REQUEST = "req_01JQ0000000000000000000000";

/** Calls that each Lambda can answer with an empty table, and that make it read the table where it has one. */
export function eventsFor(name: string): Exchange {
  const exchange = exchanges[name];
  if (!exchange) throw new Error(`There are no events for ${name}`);
  return exchange;
}

const exchanges: Record<string, Exchange> = {
  "platform-api": {
    events: [call("getHealth"), call("getOpenApi"), call("getDocs")],
    answers: [answer(200, /"status":"ok"/), answer(200, /"openapi":"3.1/), answer(200, /<html/i)],
  },
  "identity-api": {
    events: [call("getClinic", { slug: "clinica-roma" })],
    answers: [problem(404, "not-found")],
  },
  "scheduling-api": {
    events: [call("listServices", { profileId: PROFILE })],
    answers: [problem(404, "not-found")],
  },
  "booking-api": {
    events: [
      call("getRequest", { requestId: REQUEST }),
      call("listRequests", { profileId: PROFILE }, claims),
    ],
    answers: [problem(401, "unauthenticated"), problem(403, "not-a-member")],
  },
  "notifications-api": {
    events: [call("listNotifications", {}, claims)],
    answers: [problem(403, "not-a-member")],
  },
  "operations-api": {
    events: [call("getWorkflowHealth", {}, claims)],
    answers: [problem(403, "not-a-member")],
  },
  "webhooks-api": {
    events: [call("receiveWebhook", { provider: "meta" })],
    answers: [problem(404, "not-found")],
  },
  relay: {
    events: [{ Records: [] }, { Records: [slotRecord()] }],
    answers: [{ batchItemFailures: [] }, { batchItemFailures: [] }],
  },
  sweep: { events: [{}], answers: [{ expired: 0, lapsed: 0, told: 0 }] },
  workflows: {
    events: [url("GET"), url("PUT"), url("POST")],
    answers: [answer(401), answer(401), answer(401)],
  },
};

function claims(): object {
  return {
    authorizer: { jwt: { claims: { email: "ana@example.com", email_verified: "true" }, scopes: null } },
  };
}

function call(id: RouteId, params: Record<string, string> = {}, authorized: () => object = () => ({})) {
  const { method, path } = routesById[id];
  const rawPath = Object.entries(params).reduce(
    (text, [key, value]) => text.replace(`{${key}}`, value),
    path as string,
  );
  return {
    version: "2.0",
    routeKey: `${method} ${path}`,
    rawPath,
    rawQueryString: "",
    headers: { accept: "*/*", host: "r3pmxmplak.execute-api.us-east-1.amazonaws.com" },
    pathParameters: params,
    requestContext: {
      requestId: "JKJaXmPLvHcESHA=",
      http: { method, path: rawPath, protocol: "HTTP/1.1", sourceIp: "205.255.255.176", userAgent: "curl" },
      ...authorized(),
    },
    isBase64Encoded: false,
  };
}

/** As a function URL is called by somebody who cannot sign. */
function url(method: string) {
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: "/",
    rawQueryString: "fnId=turno-appointment-reminders&stepId=step",
    headers: { host: "abcdefgh.lambda-url.us-east-1.on.aws", "content-type": "application/json" },
    requestContext: { http: { method, path: "/", sourceIp: "205.255.255.176" }, requestId: "test" },
    body: "{}",
    isBase64Encoded: false,
  };
}

/** A row that is none of the outbox's. */
function slotRecord() {
  const image = { pk: { S: "p" }, sk: { S: "s" }, __edb_e__: { S: "slot" } };
  return { eventName: "INSERT", dynamodb: { SequenceNumber: "1", NewImage: image } };
}

function answer(statusCode: number, body: RegExp = /^/) {
  return expect.objectContaining({ statusCode, body: expect.stringMatching(body) });
}

function problem(statusCode: number, type: string) {
  return answer(statusCode, new RegExp(`"type":"[^"]*${type}"`));
}
