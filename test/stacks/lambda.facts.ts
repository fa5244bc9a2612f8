import { readFileSync } from "node:fs";
import path from "node:path";
import type { Template } from "aws-cdk-lib/assertions";
import { expect, it } from "vitest";
import { settingsOf } from "../../infra/settings.ts";
import { ofType, resourcesOf, type SynthesizedStage } from "./synth.ts";

const ITEMS = [
  "dynamodb:BatchGetItem",
  "dynamodb:ConditionCheckItem",
  "dynamodb:DeleteItem",
  "dynamodb:GetItem",
  "dynamodb:PutItem",
  "dynamodb:Query",
  "dynamodb:UpdateItem",
];
const OUTBOX = ["dynamodb:DeleteItem", "dynamodb:PutItem"];
const STREAM = [
  "dynamodb:DescribeStream",
  "dynamodb:GetRecords",
  "dynamodb:GetShardIterator",
  "dynamodb:ListStreams",
];
const LOGS = ["logs:CreateLogStream", "logs:PutLogEvents"];
const TABLE_KEY = [
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
];
const SECRETS = ["ssm:GetParameters"];

const grants: Record<string, { actions: string[]; secrets: string[] }> = {
  ...Object.fromEntries(
    ["platform", "identity", "scheduling", "booking", "operations"].map((name) => [
      `${name}-api`,
      { actions: [...LOGS, ...SECRETS, ...ITEMS], secrets: ["master-key"] },
    ]),
  ),
  "notifications-api": {
    actions: [...LOGS, ...SECRETS, ...ITEMS],
    secrets: ["master-key", "vapid-public-key"],
  },
  "webhooks-api": {
    actions: [...LOGS, ...SECRETS, ...ITEMS],
    secrets: [
      "master-key",
      "meta-app-secret",
      "meta-verify-token",
      "resend-webhook-secret",
      "twilio-auth-token",
    ],
  },
  relay: {
    actions: [...LOGS, ...SECRETS, ...OUTBOX, ...STREAM, "sqs:SendMessage"],
    secrets: ["inngest-event-key", "master-key"],
  },
  sweep: { actions: [...LOGS, ...SECRETS, ...ITEMS], secrets: ["inngest-event-key", "master-key"] },
  workflows: {
    actions: [...LOGS, ...SECRETS, ...ITEMS, "ses:SendEmail"],
    secrets: [
      "inngest-event-key",
      "inngest-signing-key",
      "inngest-signing-key-fallback",
      "master-key",
      "meta-access-token",
      "resend-api-key",
      "twilio-account-sid",
      "twilio-auth-token",
      "vapid-private-key",
      "vapid-public-key",
    ],
  },
};

const OF_PROVIDERS = /^(twilio|meta|resend|vapid)-|^ses:/;

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: object;
}

export function lambdaFacts(stage: string, made: () => SynthesizedStage): void {
  const templates = () => Object.values(made().templates);
  const lambdas = () => templates().flatMap((template) => ofType(template, "AWS::Lambda::Function"));

  it("runs its Lambdas, and no others, on Node 24 and arm64 with a log of their own", () => {
    const names = lambdas().map(({ Properties }) => Properties.FunctionName);
    expect(names.sort()).toEqual(
      Object.keys(grants)
        .map((id) => `${stage}-turno-${id}`)
        .sort(),
    );
    const { reserved } = settingsOf(stage).lambda;
    for (const { Properties } of lambdas()) {
      const id = String(Properties.FunctionName).slice(`${stage}-turno-`.length);
      expect(Properties).toMatchObject({
        Runtime: "nodejs24.x",
        Architectures: ["arm64"],
        LoggingConfig: { LogFormat: "JSON", LogGroup: expect.anything() },
        Environment: { Variables: { STAGE: stage } },
      });
      expect(Properties.ReservedConcurrentExecutions).toBe(reserved?.[id as keyof typeof reserved]);
      expect(Properties).not.toHaveProperty("TracingConfig");
    }
  });

  it("gives the calls of providers nearly as long as the gateway waits, and those of clients half of that", () => {
    const apis = lambdas().filter(({ Properties }) => String(Properties.FunctionName).endsWith("-api"));
    for (const { Properties } of apis) {
      const isOfProviders = String(Properties.FunctionName).endsWith("webhooks-api");
      expect(Properties.Timeout).toBe(isOfProviders ? 29 : 15);
    }
  });

  it.each(Object.keys(grants))("grants %s what it needs and nothing else", (id) => {
    // A dev stage has no accounts with providers.
    const isThere = (name: string) => stage !== "dev" || !OF_PROVIDERS.test(name);
    const actions = grants[id]!.actions.filter(isThere);
    const secrets = grants[id]!.secrets.filter(isThere);
    const statements = templates().flatMap((template) => statementsOf(template, id));
    const keys = stage === "dev" ? [] : TABLE_KEY;
    expect([...new Set(statements.flatMap(({ Action }) => Action))].sort()).toEqual(
      [...actions, ...keys].sort(),
    );
    expect(JSON.stringify(statements.map(({ Action }) => Action))).not.toContain("*");
    const parameters = statements.filter(({ Action }) => Action === "ssm:GetParameters");
    expect(
      parameters
        .flatMap(({ Resource }) => Resource)
        .map(textOf)
        .sort(),
    ).toEqual(secrets.map((name) => expect.stringMatching(new RegExp(`:parameter/turno/${stage}/${name}$`))));
  });

  it("grants on everything only what AWS has no narrower resource for", () => {
    const wide = templates()
      .flatMap((template) => ofType(template, "AWS::IAM::Policy"))
      .flatMap(({ Properties }) => (Properties.PolicyDocument as { Statement: Statement[] }).Statement)
      .filter(({ Resource }) => JSON.stringify(Resource).includes("*"));
    expect(wide.map(({ Action }) => Action)).toEqual(["dynamodb:ListStreams"]);
  });

  it("grants nothing that the boundary of its account would take away", () => {
    const boundary = readFileSync(path.resolve(import.meta.dirname, "../../infra/account.yaml"), "utf8");
    const actions = Object.values(grants).flatMap((grant) => grant.actions);
    expect([...actions, ...TABLE_KEY].filter((action) => !boundary.includes(action))).toEqual([]);
  });

  it("lets a Lambda use the key only through the service whose data it encrypts", () => {
    const uses = templates()
      .flatMap((template) => ofType(template, "AWS::IAM::Policy"))
      .flatMap(({ Properties }) => (Properties.PolicyDocument as { Statement: Statement[] }).Statement)
      .filter(({ Action }) => [Action].flat().some((action) => action.startsWith("kms:")));
    expect(uses.length > 0).toBe(stage !== "dev");
    for (const { Condition } of uses) {
      expect(Condition).toMatchObject({
        StringEquals: {
          "kms:ViaService": expect.stringMatching(/^(dynamodb|sqs)\.us-east-1\.amazonaws\.com$/),
        },
      });
    }
  });
}

const statementsOf = (template: Template, id: string): Statement[] => {
  const role = `${id.replaceAll("-", "")}role`;
  return Object.entries(resourcesOf(template))
    .filter(([name, { Type }]) => Type === "AWS::IAM::Policy" && name.startsWith(`${role}DefaultPolicy`))
    .flatMap(([, { Properties }]) => (Properties.PolicyDocument as { Statement: Statement[] }).Statement);
};

const textOf = (arn: unknown): string => (typeof arn === "string" ? arn : JSON.stringify(arn));
