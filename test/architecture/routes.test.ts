import { contexts, gatewayRoutes, routes } from "@turno/contract";
import { testContext } from "@turno/core/testing";
import { apis } from "@turno/functions";
import { expect, test } from "vitest";
import { filesOf } from "./sources.ts";

const handlers = filesOf("packages/functions/src/handlers/**/*.ts").filter(
  ({ path }) => !path.endsWith(".test.ts"),
);

test.each(routes.map(({ id, context }) => [id, context]))("%s has one handler, in %s", (id, context) => {
  const named = new RegExp(`^  (async )?${id}[(:]`, "m");
  const found = handlers.filter(({ text }) => named.test(text)).map(({ path }) => path);
  expect(found).toEqual([expect.stringContaining(`/handlers/${context}/`)]);
});

test("every context that has routes is a Lambda, and no other", async () => {
  const runtime = {
    context: await testContext(),
    issuer: undefined,
    stage: "test",
    version: "0",
    webUrl: "",
  };
  expect(Object.keys(apis(runtime)).sort()).toEqual([...contexts].sort());
  expect([...new Set(routes.map(({ context }) => context))].sort()).toEqual([...contexts].sort());
});

const addressOf = ({ method, path }: { method: string; path: string }): string => `${method} ${path}`;

test("the gateway has the contract's routes and no other", () => {
  const answered = gatewayRoutes.map((route) => `${addressOf(route)} → ${route.context}`);
  const agreed = routes.map((route) => `${addressOf(route)} → ${route.context}`);
  expect(answered).toEqual(agreed);
});

test("the gateway asks for a token on the routes of staff, and leaves the others to the Lambda", () => {
  const guarded = gatewayRoutes.filter(({ authorizer }) => authorizer === "jwt");
  const staff = routes.filter(({ access }) => access.kind === "staff");
  expect(guarded.map(addressOf)).toEqual(staff.map(addressOf));
});

test("no address is given twice", () => {
  const addresses = routes.map((route) => addressOf(route).replaceAll(/\{[^}]+\}/g, "{}"));
  expect(addresses.filter((address, index) => addresses.indexOf(address) !== index)).toEqual([]);
});
