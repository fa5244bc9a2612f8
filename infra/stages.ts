import type { Settings } from "./settings.ts";

const dev: Settings = {
  tier: "dev",
  webUrl: "http://localhost:5173",
  messages: { providers: [], vapidSubject: "mailto:ops@turno.example" },
  webhooks: { providers: [], sesTopics: [] },
  identity: { kind: "cognito" },
  inngest: { kind: "cloud" },
  api: {
    origins: ["http://localhost:5173"],
    throttles: {
      browse: { rate: 50, burst: 100 },
      book: { rate: 10, burst: 20 },
      webhook: { rate: 20, burst: 50 },
      staff: { rate: 50, burst: 100 },
    },
  },
  lambda: { memoryMb: 1024, logDays: 7 },
  alarms: { emails: [] },
};

const staging: Settings = {
  ...dev,
  tier: "staging",
  account: "222222222222",
  region: "us-east-1",
  webUrl: "https://staging.turno.example",
  messages: {
    providers: ["twilio", "meta", "resend", "web-push"],
    ses: { region: "us-east-1", identities: ["staging.turno.example"], configurationSet: "turno" },
    vapidSubject: "mailto:staging@turno.example",
  },
  webhooks: {
    providers: ["twilio", "meta", "resend"],
    sesTopics: ["arn:aws:sns:us-east-1:222222222222:turno-ses"],
  },
  api: {
    origins: ["https://staging.turno.example"],
    throttles: {
      browse: { rate: 200, burst: 400 },
      book: { rate: 20, burst: 40 },
      webhook: { rate: 100, burst: 200 },
      staff: { rate: 100, burst: 200 },
    },
  },
  lambda: {
    memoryMb: 1024,
    logDays: 30,
    reserved: {
      "platform-api": 10,
      "identity-api": 20,
      "scheduling-api": 40,
      "booking-api": 40,
      "notifications-api": 10,
      "operations-api": 5,
      "webhooks-api": 20,
      relay: 20,
      sweep: 1,
      workflows: 40,
    },
  },
  alarms: { emails: ["staging@turno.example"] },
  permissionsBoundary: "turno-boundary",
};

const prod: Settings = {
  ...staging,
  tier: "prod",
  account: "333333333333",
  webUrl: "https://turno.example",
  messages: {
    providers: ["twilio", "meta", "resend", "web-push"],
    ses: { region: "us-east-1", identities: ["turno.example"], configurationSet: "turno" },
    vapidSubject: "mailto:oncall@turno.example",
  },
  webhooks: {
    providers: ["twilio", "meta", "resend"],
    sesTopics: ["arn:aws:sns:us-east-1:333333333333:turno-ses"],
  },
  api: {
    origins: ["https://turno.example"],
    throttles: {
      browse: { rate: 1000, burst: 2000 },
      book: { rate: 100, burst: 200 },
      webhook: { rate: 500, burst: 1000 },
      staff: { rate: 500, burst: 1000 },
    },
  },
  lambda: {
    memoryMb: 1024,
    logDays: 365,
    reserved: {
      "platform-api": 20,
      "identity-api": 60,
      "scheduling-api": 200,
      "booking-api": 200,
      "notifications-api": 20,
      "operations-api": 10,
      "webhooks-api": 40,
      relay: 40,
      sweep: 1,
      workflows: 100,
    },
  },
  alarms: { emails: ["oncall@turno.example"] },
};

/**
 * The stages that have a name. Accounts, addresses and e-mails are examples: whoever runs Turno writes their own here.
 *
 * CloudWatch keeps logs for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545 or 731 days, and some more.
 */
export const stages: { readonly dev: Settings; readonly [stage: string]: Settings | undefined } = {
  dev,
  staging,
  prod,
};
