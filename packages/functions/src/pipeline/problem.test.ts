import { readdirSync, readFileSync } from "node:fs";
import { failures, platformRoutes } from "@turno/contract";
import { Busy, Refusal } from "@turno/core/platform";
import { beforeAll, expect, test } from "vitest";
import { platform } from "../handlers/platform/platform.ts";
import type { Runtime } from "../runtime.ts";
import { aDesk, eventFor, lambdaContext } from "../testing/index.ts";
import { api } from "./api.ts";

let runtime: Runtime;
let lines: object[];

beforeAll(async () => {
  const desk = await aDesk();
  ({ runtime, lines } = desk);
});

const healthThat = async (fails: () => never) => {
  const lambda = api<"platform">(runtime, platformRoutes, { ...platform, getHealth: async () => fails() });
  const result = await lambda(eventFor({ method: "GET", path: "/v1/health" }, {}), lambdaContext);
  return { ...result, problem: JSON.parse(result.body!) };
};

test("a busy database is worth another try", async () => {
  const { statusCode, headers, problem } = await healthThat(() => {
    throw new Busy();
  });
  expect([statusCode, headers!["retry-after"]]).toEqual([503, "1"]);
  expect(problem.type).toBe("urn:turno:problem:busy");
});

test("a fault says nothing of itself to the caller", async () => {
  const { statusCode, headers, problem } = await healthThat(() => {
    throw new Error("Lucía Ramírez at +525587654321 broke it");
  });
  expect([statusCode, headers!["content-type"]]).toEqual([500, "application/problem+json"]);
  expect(problem).toEqual({
    type: "urn:turno:problem:internal",
    title: "Something went wrong here",
    status: 500,
    detail: "This is a fault of ours. Please try again later.",
    instance: "urn:turno:request:JKJaXmPLvHcESHA=",
  });
});

test("a refusal that the contract does not know is a fault", async () => {
  const { statusCode, problem } = await healthThat(() => {
    throw new Refusal("moon-in-capricorn", "Not today.", { phase: "full" });
  });
  expect(statusCode).toBe(500);
  expect(problem).not.toHaveProperty("facts");
});

test("a fault is logged with its place and without its words", async () => {
  await healthThat(() => {
    throw new TypeError("Lucía Ramírez", { cause: new Error("lucia@example.org") });
  });
  expect(lines.at(-1)).toMatchObject({
    level: "error",
    route: "getHealth",
    status: 500,
    requestId: "JKJaXmPLvHcESHA=",
    failure: "internal",
    error: { type: "TypeError", at: expect.any(Array), cause: { type: "Error" } },
  });
  expect(JSON.stringify(lines)).not.toMatch(/Lucía|lucia@/);
});

test("every refusal of the domain and of this edge has a status", () => {
  const folders = [new URL("../../../core/src/", import.meta.url), new URL("./", import.meta.url)];
  const sources = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
      .map((name) => readFileSync(new URL(name, folder), "utf8")),
  );
  const refusals = sources.flatMap((source) =>
    [...source.matchAll(/(?:new Refusal|extends Refusal \{[^}]*?super)\(\s*"([a-z-]+)"/g)].map(
      ([, type]) => type!,
    ),
  );
  expect(refusals.length).toBeGreaterThan(15);
  expect(refusals.filter((type) => !Object.hasOwn(failures, type))).toEqual([]);
});
