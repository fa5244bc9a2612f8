import { expect, it } from "vitest";
import { Guarded, guard } from "../../infra/guard.ts";
import { settingsOf } from "../../infra/settings.ts";

type App = Parameters<typeof guard>[0];

const run = (app: Partial<App> & { stage: string }, argv: string[] = [], env: NodeJS.ProcessEnv = {}) => {
  const { account = "111111111111", region = "us-east-1" } = settingsOf(app.stage);
  guard({ mode: "deploy", account, region, ...app }, settingsOf(app.stage), { argv, env });
};

it("lets a dev stage be deployed anywhere, developed live and removed", () => {
  expect(() => run({ stage: "ana", account: "999999999999" })).not.toThrow();
  expect(() => run({ stage: "ana", mode: "dev" })).not.toThrow();
  expect(() => run({ stage: "ana", mode: "remove" }, ["sst", "remove"])).not.toThrow();
});

it.each(["staging", "prod"])("deploys %s to its own account and region alone", (stage) => {
  expect(() => run({ stage })).not.toThrow();
  expect(() => run({ stage, account: "999999999999" })).toThrow(Guarded);
  expect(() => run({ stage, region: "eu-west-1" })).toThrow(Guarded);
});

it.each(["staging", "prod"])("removes %s only for who names it", (stage) => {
  const remove = { stage, mode: "remove" } as const;
  expect(() => run(remove, ["sst", "remove"])).toThrow(Guarded);
  expect(() => run(remove, ["sst", "remove"], { CONFIRM_REMOVE: "dev" })).toThrow(Guarded);
  expect(() => run(remove, ["sst", "remove"], { CONFIRM_REMOVE: stage })).not.toThrow();
});

it("lets types be written for a protected stage, for which SST builds the app in mode remove", () => {
  expect(() => run({ stage: "prod", mode: "remove" }, ["sst", "types"])).not.toThrow();
});

it("takes no live development of a protected stage", () => {
  expect(() => run({ stage: "prod", mode: "dev" })).toThrow(Guarded);
});
