import { expect, test } from "vitest";
import { fromEnvironment } from "./environment.ts";

const variables = {
  TABLE_NAME: "turno-dev",
  MASTER_KEY: Buffer.alloc(32, 7).toString("base64"),
  STAGE: "dev",
  VERSION: "0.1.0",
};

test("a Lambda finds its stage in its environment", () => {
  const runtime = fromEnvironment({
    ...variables,
    WEB_URL: "https://turno.example",
    ISSUER_URL: "https://issuer.example/pool",
    ISSUER_AUDIENCE: "dashboard",
  });
  expect(runtime).toMatchObject({
    stage: "dev",
    version: "0.1.0",
    webUrl: "https://turno.example",
    issuer: { url: "https://issuer.example/pool", audience: "dashboard" },
  });
  expect(runtime.context.table.table).toBe("turno-dev");
});

test("a stage may have no issuer, and no push messages", () => {
  expect(fromEnvironment(variables).issuer).toBeUndefined();
  expect(fromEnvironment(variables).pushKey).toBeUndefined();
  const VAPID_PUBLIC_KEY = "B".repeat(87);
  expect(fromEnvironment({ ...variables, VAPID_PUBLIC_KEY }).pushKey).toBe(VAPID_PUBLIC_KEY);
});

test.each(Object.keys(variables))("without %s it does not start", (name) => {
  expect(() => fromEnvironment({ ...variables, [name]: undefined })).toThrow(name);
});

test("a master key of another length is refused", () => {
  const MASTER_KEY = Buffer.alloc(16).toString("base64");
  expect(() => fromEnvironment({ ...variables, MASTER_KEY })).toThrow("32 bytes");
});
