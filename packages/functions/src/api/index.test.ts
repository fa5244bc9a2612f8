import { contexts, gatewayRoutes, routes } from "@turno/contract";
import { beforeAll, expect, test } from "vitest";
import { aDesk, type Desk, eventFor, lambdaContext } from "../testing/index.ts";
import { apis } from "./index.ts";

let desk: Desk;

beforeAll(async () => {
  desk = await aDesk();
});

test("every context of the contract has a Lambda", () => {
  expect(Object.keys(apis(desk.runtime)).sort()).toEqual([...contexts].sort());
});

test.each(routes.map((route) => [route.id, route] as const))("%s has a handler", async (_, route) => {
  const lambda = apis(desk.runtime)[route.context];
  const result = await lambda(eventFor(route, {}), lambdaContext);
  expect(result.statusCode).not.toBe(404);
  expect(result.statusCode).toBeLessThan(500);
});

test("every route of the gateway goes to a Lambda that there is", () => {
  const names = new Set(Object.keys(apis(desk.runtime)));
  expect(gatewayRoutes.filter(({ context }) => !names.has(context))).toEqual([]);
});
