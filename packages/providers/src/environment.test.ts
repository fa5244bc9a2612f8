import { expect, test } from "vitest";
import { channelsFrom, configuredIn, paymentsFrom } from "./environment.ts";

const complete = {
  TWILIO_ACCOUNT_SID: `AC${"0".repeat(32)}`,
  TWILIO_AUTH_TOKEN: "twilio-token",
  META_ACCESS_TOKEN: "meta-token",
  RESEND_API_KEY: "re_key",
  SES_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "secret",
  VAPID_PUBLIC_KEY: "B".repeat(87),
  VAPID_PRIVATE_KEY: "c".repeat(43),
  VAPID_SUBJECT: "mailto:ops@clinic.example",
};

test("a stage has the providers that it has credentials for", () => {
  expect(configuredIn(complete)).toEqual(["twilio", "meta", "resend", "ses", "web-push"]);
  const channels = channelsFrom(complete);
  for (const name of configuredIn(complete)) expect(channels(name)?.name).toBe(name);
});

test("without credentials there is none", () => {
  const channels = channelsFrom({ AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", META_ACCESS_TOKEN: "" });
  expect(channels("meta")).toBeUndefined();
  expect(channels("ses")).toBeUndefined();
  expect(channels("carrier-pigeon")).toBeUndefined();
});

test.each([
  ["TWILIO_AUTH_TOKEN", undefined],
  ["TWILIO_ACCOUNT_SID", "12345"],
  ["VAPID_PRIVATE_KEY", ""],
  ["VAPID_SUBJECT", "ops@clinic.example"],
  ["META_GRAPH_URL", "graph"],
  ["AWS_SECRET_ACCESS_KEY", undefined],
])("half a set-up is told at the start: %s is %s", (name, value) => {
  expect(() => channelsFrom({ ...complete, [name]: value })).toThrow(name);
});

test("what is wrong is told without its value", () => {
  expect(() => channelsFrom({ ...complete, VAPID_PRIVATE_KEY: "shhh" })).not.toThrow("shhh");
});

test("a stage takes payments when it has a secret key, and with nobody else", () => {
  expect(paymentsFrom({ STRIPE_SECRET_KEY: "sk_test_1" })("stripe")?.name).toBe("stripe");
  expect(paymentsFrom({ STRIPE_SECRET_KEY: "sk_test_1" })("barter")).toBeUndefined();
  expect(paymentsFrom({ STRIPE_SECRET_KEY: "" })("stripe")).toBeUndefined();
  expect(() => paymentsFrom({ STRIPE_SECRET_KEY: "pk_test_1" })).toThrow("STRIPE_SECRET_KEY");
});
