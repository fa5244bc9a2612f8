import { afterAll, beforeAll, expect, it } from "vitest";
import { openStage } from "../stage/open.ts";
import { discardStages, ofType, synthesize } from "./synth.ts";

afterAll(discardStages);

const METHODS = ["DELETE", "GET", "PATCH", "POST", "PUT"];

interface DeployedRoute {
  readonly RouteKey: string;
  readonly AuthorizationType: string;
}

const local = await openStage();

let deployed: Map<string, string>;
beforeAll(async () => {
  const { templates } = await synthesize("dev");
  const routes = ofType(templates.Api!, "AWS::ApiGatewayV2::Route").map(
    ({ Properties }) => Properties as unknown as DeployedRoute,
  );
  deployed = new Map(routes.map(({ RouteKey, AuthorizationType }) => [RouteKey, AuthorizationType]));
});

/** Who answers a call without a token on this machine, and how far it gets. */
async function answerTo(method: string, path: string): Promise<"JWT" | "NONE" | "no route"> {
  const url = new URL(path.replaceAll(/\{\w+\}/g, "x"), local.url);
  const response = await fetch(url, { method });
  const text = await response.text();
  // The gateway's own words; a Lambda answers with a problem.
  if (response.status === 404 && text === '{"message":"Not Found"}') return "no route";
  return response.status === 401 && text === '{"message":"Unauthorized"}' ? "JWT" : "NONE";
}

it("has the routes and authorizers of a deployed stage on one machine, and no others", async () => {
  const paths = [...new Set([...deployed.keys()].map((key) => key.split(" ")[1]!))];
  expect(paths.length).toBeGreaterThan(20);
  for (const path of paths) {
    for (const method of METHODS) {
      const key = `${method} ${path}`;
      expect([key, await answerTo(method, path)]).toEqual([key, deployed.get(key) ?? "no route"]);
    }
  }
});
