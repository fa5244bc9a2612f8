import { expect, test } from "vitest";
import { createRouter, type Route } from "./routes.ts";

function route(key: string): Route {
  const [method, path] = key.split(" ") as [string, string];
  return { method, path, authorizer: "none", target: key };
}

const router = createRouter(
  [
    "ANY /{proxy+}",
    "GET /pets/{proxy+}",
    "GET /pets/dog/{id}",
    "GET /pets/dog/1",
    "ANY /pets/dog/1",
    "GET /pets/{kind}/1",
    "GET /",
    "POST /v1/waitlist-offers/{id}/accept",
  ].map(route),
);

// The first four are the documented example of API Gateway.
test.each([
  ["GET", "/pets/dog/1", "GET /pets/dog/1", {}],
  ["GET", "/pets/dog/2", "GET /pets/dog/{id}", { id: "2" }],
  ["GET", "/pets/cat/2", "GET /pets/{proxy+}", { proxy: "cat/2" }],
  ["POST", "/test/5", "ANY /{proxy+}", { proxy: "test/5" }],
  ["PUT", "/pets/dog/1", "ANY /pets/dog/1", {}],
  ["GET", "/pets/cat/1", "GET /pets/{kind}/1", { kind: "cat" }],
  ["GET", "/", "GET /", {}],
  ["POST", "/v1/waitlist-offers/wlo_1/accept", "POST /v1/waitlist-offers/{id}/accept", { id: "wlo_1" }],
])("%s %s goes to %s", (method, path, routeKey, pathParameters) => {
  expect(router(method, path)).toMatchObject({ routeKey, pathParameters });
});

test.each([
  ["POST", "/"],
  ["DELETE", "/elsewhere/"],
])("%s %s has no route of its own", (method, path) => {
  const strict = createRouter([route("GET /"), route("DELETE /elsewhere"), route("DELETE /{id}/{part}")]);
  expect(strict(method, path)).toBeUndefined();
});

test.each([
  ["a parameter beside text", ["GET /file-{id}"], /whole segment/],
  ["a greedy parameter in the middle", ["GET /{all+}/end"], /last segment/],
  ["no leading slash", ["GET v1"], /starts with a slash/],
  ["the same route under two parameter names", ["GET /a/{x}", "GET /a/{y}"], /two routes/],
])("%s is refused at the start", (_what, keys, reason) => {
  expect(() => createRouter(keys.map(route))).toThrow(reason);
});
