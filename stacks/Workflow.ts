import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from "aws-cdk-lib/aws-lambda";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { type StackContext, use } from "sst/constructs";
import {
  grantDeadLetters,
  grantEmail,
  grantItems,
  grantOutbox,
  grantSecrets,
  grantStream,
} from "../infra/grants.ts";
import { type Lambda, lambda } from "../infra/lambda.ts";
import { channelSecrets, paymentSecrets, type SecretName, secretVariables } from "../infra/secrets.ts";
import { type Inngest, type LambdaName, settingsIn } from "../infra/settings.ts";
import { withoutHelper } from "../infra/sst.ts";
import { stageVariables } from "../infra/stage-variables.ts";
import { Api } from "./Api.ts";
import { Database } from "./Database.ts";

/** From the table's outbox to Inngest, and from Inngest back to the steps of workflows. */
export function Workflow(context: StackContext) {
  const { app, stack } = context;
  const relay = relayOf(context);
  const sweep = sweepOf(context);
  const workflows = workflowsOf(context);

  stack.addOutputs({ WorkflowsUrl: workflows.fn.url });
  withoutHelper(stack);
  return {
    relayName: relay.name,
    sweepName: sweep.name,
    workflowsName: workflows.name,
    deadLettersName: app.logicalPrefixedName("relay-dead-letters"),
  };
}

/** Reads the table's stream. Only new rows of the outbox wake it. */
function relayOf(context: StackContext): Lambda {
  const { key, resource, streamArn } = use(Database);
  const relay = workflowLambda(context, "relay", {
    description: "Sends what the outbox tells to the workflows",
    timeoutSeconds: 60,
    secrets: ["master-key", "inngest-event-key"],
  });
  // What arrives here tells where in the stream it was, and nothing of what it held: the row is still in the outbox.
  const deadLetters = new Queue(context.stack, "RelayDeadLetters", {
    queueName: context.app.logicalPrefixedName("relay-dead-letters"),
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
    removalPolicy: RemovalPolicy.DESTROY,
    ...(key
      ? { encryption: QueueEncryption.KMS, encryptionMasterKey: key }
      : { encryption: QueueEncryption.SQS_MANAGED }),
  });
  grantOutbox(relay.fn, resource);
  grantDeadLetters(relay.fn, deadLetters.queueArn, key);
  const mapping = new EventSourceMapping(context.stack, "Stream", {
    target: relay.fn,
    eventSourceArn: streamArn,
    // From the oldest record on: nothing is missed while the mapping is made.
    startingPosition: StartingPosition.TRIM_HORIZON,
    filters: [
      FilterCriteria.filter({ dynamodb: { NewImage: { __edb_e__: { S: FilterRule.isEqual("outbox") } } } }),
    ],
    batchSize: 50,
    parallelizationFactor: 2,
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    // What is given up here stays in the outbox, where the sweep finds it.
    retryAttempts: 10,
    maxRecordAge: Duration.hours(1),
    onFailure: { bind: () => ({ destination: deadLetters.queueArn }) },
  });
  // AWS refuses a mapping whose role may not read the stream yet.
  mapping.node.addDependency(grantStream(relay.fn, streamArn));
  return relay;
}

/** Every minute, whatever else is down. */
function sweepOf(context: StackContext): Lambda {
  const sweep = workflowLambda(context, "sweep", {
    description: "Expires what is overdue and sends what the relay did not",
    timeoutSeconds: 55,
    secrets: ["master-key", "inngest-event-key"],
  });
  grantItems(sweep.fn, use(Database).resource);
  // No retries: the next minute is one.
  sweep.fn.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(1) });
  new Rule(context.stack, "EveryMinute", {
    schedule: Schedule.rate(Duration.minutes(1)),
    targets: [new LambdaFunction(sweep.fn, { retryAttempts: 0, maxEventAge: Duration.minutes(1) })],
  });
  return sweep;
}

/** Open to the internet, since Inngest cannot sign as AWS does; it answers nothing that Inngest has not signed. */
function workflowsOf(context: StackContext): Lambda {
  const { messages, payments = [] } = settingsIn(context.app);
  const { providers, ses, vapidSubject } = messages;
  const workflows = workflowLambda(context, "workflows", {
    description: "Runs the steps of the workflows",
    timeoutSeconds: 120,
    secrets: [
      "master-key",
      "inngest-event-key",
      "inngest-signing-key",
      "inngest-signing-key-fallback",
      ...providers.flatMap((provider) => channelSecrets[provider]),
      ...payments.flatMap((provider) => paymentSecrets[provider]),
    ],
    environment: {
      API_URL: use(Api).url,
      ...(providers.includes("web-push") && { VAPID_SUBJECT: vapidSubject }),
      ...(ses && { SES_REGION: ses.region, SES_CONFIGURATION_SET: ses.configurationSet }),
    },
    url: { authorizer: "none", cors: false },
  });
  grantItems(workflows.fn, use(Database).resource);
  if (ses) grantEmail(workflows.fn, context.stack, ses);
  return workflows;
}

interface WorkflowLambdaProps {
  readonly description: string;
  readonly timeoutSeconds: number;
  readonly secrets: readonly SecretName[];
  readonly environment?: Record<string, string>;
  readonly url?: { readonly authorizer: "none"; readonly cors: false };
}

function workflowLambda(
  { app, stack }: StackContext,
  id: LambdaName,
  { secrets, environment, ...props }: WorkflowLambdaProps,
): Lambda {
  const { key, tableName } = use(Database);
  const made = lambda(stack, id, {
    ...props,
    entry: `${id}.handler`,
    logKey: key,
    environment: {
      ...stageVariables(app, tableName),
      ...secretVariables(app.stage, secrets),
      ...inngestVariables(settingsIn(app).inngest),
      ...environment,
    },
  });
  grantSecrets(made.fn, stack, secrets);
  return made;
}

/** The SDK's own variables. Never INNGEST_DEV, which would open the function URL to anybody. */
function inngestVariables(inngest: Inngest): Record<string, string> {
  switch (inngest.kind) {
    case "cloud":
      return inngest.environment === undefined ? {} : { INNGEST_ENV: inngest.environment };
    case "self-hosted":
      return { INNGEST_BASE_URL: inngest.url };
  }
}
