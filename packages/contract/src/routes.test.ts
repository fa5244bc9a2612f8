import { expect, test } from "vitest";
import { failures, failuresOf, gatewayRoutes, type Route, routes, routesById, successOf } from "./index.ts";

test("a route is known by its id", () => {
  expect(Object.entries(routesById).filter(([id, route]) => route.id !== id)).toEqual([]);
});

test("no two routes have the same method and path", () => {
  const keys = routes.map(({ method, path }) => `${method} ${path.replace(/\{[^}]+\}/g, "{}")}`);
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});

const parametersIn = (path: string): string[] => [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name!);

test("the parameters of a path are those of its schema", () => {
  for (const { path, params } of routes) {
    expect(Object.keys(params?.shape ?? {}).sort(), path).toEqual(parametersIn(path).sort());
  }
});

test("a route has one success", () => {
  for (const route of routes) expect(Object.keys(route.responses), route.id).toHaveLength(1);
});

test("what a route fails with has a status", () => {
  for (const route of routes) {
    for (const type of failuresOf(route)) expect(failures, route.id).toHaveProperty([type]);
  }
});

test("a change that answers nothing is a deletion", () => {
  const silent = routes.filter((route) => successOf(route).status === 204);
  expect(silent.map(({ method }) => method)).toEqual(silent.map(() => "DELETE"));
});

test("reading takes no body", () => {
  expect(routes.filter(({ method, body }) => method === "GET" && body)).toEqual([]);
});

test("every body has an example that it allows", () => {
  for (const { id, body, example } of routes) {
    expect(example !== undefined, id).toBe(body !== undefined);
    if (body) expect(body.safeParse(example).error, id).toBeUndefined();
  }
});

test("a body, a query and a path refuse what they do not know", () => {
  for (const { id, body, params, query } of routes) {
    for (const schema of [body, params, query]) {
      const issues = schema?.safeParse({ unheardOf: 1 }).error?.issues ?? [];
      expect(!schema || issues.some(({ code }) => code === "unrecognized_keys"), id).toBe(true);
    }
  }
});

test("the gateway checks the token only where staff alone may call", () => {
  const authorizerOf = (route: Route) =>
    gatewayRoutes.find(({ method, path }) => method === route.method && path === route.path)?.authorizer;
  expect(authorizerOf(routesById.approveRequest)).toBe("jwt");
  expect(authorizerOf(routesById.createRequest)).toBe("none");
  expect(authorizerOf(routesById.getReservation)).toBe("none");
  expect(authorizerOf(routesById.getClinic)).toBe("none");
});

test("the gateway has every route and no other", () => {
  expect(gatewayRoutes.map(({ method, path }) => `${method} ${path}`)).toEqual(
    routes.map(({ method, path }) => `${method} ${path}`),
  );
});
