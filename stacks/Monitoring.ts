import { type MetricName, NAMESPACE } from "@turno/functions/metrics";
import { Duration } from "aws-cdk-lib";
import {
  Alarm,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { type StackContext, use } from "sst/constructs";
import { ofApi, ofLambda, ofQueue, ofStage, ofTable, sumOf } from "../infra/metrics.ts";
import { isProtected, settingsIn } from "../infra/settings.ts";
import { withoutHelper } from "../infra/sst.ts";
import { Api } from "./Api.ts";
import { Database } from "./Database.ts";
import { Workflow } from "./Workflow.ts";

/** A dashboard for every stage; where there are patients, alarms that somebody hears. */
export function Monitoring(context: StackContext) {
  dashboard(context);
  if (isProtected(settingsIn(context.app))) alarms(context);
  withoutHelper(context.stack);
}

interface AlarmRule {
  readonly metric: IMetric;
  /** The alarm sounds at this value, or below it where it says so. */
  readonly threshold: number;
  readonly below?: true;
  /** How many periods in a row. */
  readonly periods?: number;
  /** That nothing is measured is itself the trouble. */
  readonly silenceIsTrouble?: true;
}

/** Every alarm by its name. What each means and what to do is in docs/deploy.md. */
function rulesOf({ app }: StackContext): Record<string, AlarmRule> {
  const { apiId } = use(Api);
  const { tableName } = use(Database);
  const { relayName, sweepName, workflowsName, deadLettersName } = use(Workflow);
  const own = (name: MetricName, statistic?: string, period?: Duration) =>
    ofStage(NAMESPACE, app.stage, name, statistic, period);
  const ofEachLambda = (trouble: string, rule: (name: string) => AlarmRule): Record<string, AlarmRule> =>
    Object.fromEntries(
      lambdaNames().map((name) => [
        `${name.slice(`${app.stage}-${app.name}-`.length)}-${trouble}`,
        rule(name),
      ]),
    );
  return {
    ...ofEachLambda("errors", (name) => ({ metric: ofLambda(name, "Errors"), threshold: 3 })),
    // One for each: an alarm may not look at more than ten metrics.
    ...ofEachLambda("throttles", (name) => ({ metric: ofLambda(name, "Throttles"), threshold: 1 })),
    "workflows-slow": { metric: ofLambda(workflowsName, "Duration", "p99"), threshold: 60_000, periods: 3 },
    "sweep-silent": {
      metric: ofLambda(sweepName, "Invocations"),
      threshold: 1,
      below: true,
      silenceIsTrouble: true,
    },
    "stream-age": { metric: ofLambda(relayName, "IteratorAge", "Maximum"), threshold: 60_000, periods: 2 },
    "dead-letters": {
      metric: ofQueue(deadLettersName, "ApproximateNumberOfMessagesVisible", "Maximum"),
      threshold: 1,
    },
    "api-5xx": { metric: ofApi(apiId, "5xx"), threshold: 5 },
    "api-slow": { metric: ofApi(apiId, "Latency", "p99"), threshold: 3_000, periods: 3 },
    "table-throttles": {
      metric: sumOf("Throttles", [
        ofTable(tableName, "ReadThrottleEvents"),
        ofTable(tableName, "WriteThrottleEvents"),
      ]),
      threshold: 1,
      periods: 2,
    },
    "outbox-age": { metric: own("OutboxAge", "Maximum", Duration.minutes(1)), threshold: 240 },
    // Every five minutes, seen by the sweep, which needs no workflow service.
    "crons-silent": { metric: own("CronAge", "Maximum", Duration.minutes(1)), threshold: 480 },
    "schedules-late": { metric: own("LateSchedules", "Maximum"), threshold: 1 },
    // What one round of the clinics makes up for is not there at the next, an hour later.
    "days-missing": {
      metric: own("SlotsMissing", "Maximum", Duration.hours(1)),
      threshold: 1,
      periods: 2,
    },
    "reminders-missing": {
      metric: own("RemindersMissing", "Maximum", Duration.hours(1)),
      threshold: 1,
      periods: 2,
    },
    "expiry-lag": { metric: own("ExpiryLag", "Maximum"), threshold: 300 },
    "workflow-failures": { metric: own("WorkflowFailures"), threshold: 1 },
    "workflow-calls-slow": { metric: own("WorkflowDuration", "p99"), threshold: 30_000, periods: 3 },
    "reminders-failed": { metric: own("RemindersFailed"), threshold: 3 },
    "slots-missing": {
      metric: own("SlotsGenerated", "Sum", Duration.days(1)),
      threshold: 1,
      below: true,
      silenceIsTrouble: true,
    },
    "webhooks-parked": { metric: own("WebhooksParked"), threshold: 1 },
    conflicts: { metric: own("Conflicts"), threshold: 50 },
  };
}

const lambdaNames = (): string[] => {
  const { relayName, sweepName, workflowsName } = use(Workflow);
  return [...use(Api).functionNames, relayName, sweepName, workflowsName];
};

function alarms(context: StackContext): void {
  const { app, stack } = context;
  const action = new SnsAction(topicOf(context));
  for (const [name, rule] of Object.entries(rulesOf(context))) {
    const alarm = new Alarm(stack, name, {
      alarmName: app.logicalPrefixedName(name),
      alarmDescription: `See "${name}" in docs/deploy.md`,
      metric: rule.metric,
      threshold: rule.threshold,
      evaluationPeriods: rule.periods ?? 1,
      comparisonOperator: rule.below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: rule.silenceIsTrouble ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
  }
}

function topicOf({ app, stack }: StackContext): Topic {
  // CloudWatch cannot publish under AWS's own key.
  const key = new Key(stack, "AlarmKey", {
    alias: `alias/${app.logicalPrefixedName("alarms")}`,
    enableKeyRotation: true,
  });
  key.grantEncryptDecrypt(new ServicePrincipal("cloudwatch.amazonaws.com"));
  const topic = new Topic(stack, "Alarms", {
    topicName: app.logicalPrefixedName("alarms"),
    masterKey: key,
    enforceSSL: true,
  });
  for (const email of settingsIn(app).alarms.emails) topic.addSubscription(new EmailSubscription(email));
  return topic;
}

function dashboard({ app, stack }: StackContext): void {
  const { apiId } = use(Api);
  const { tableName } = use(Database);
  const own = (name: MetricName, statistic?: string) => ofStage(NAMESPACE, app.stage, name, statistic);
  const graph = (title: string, left: IMetric[], right: IMetric[] = []) =>
    new GraphWidget({ title, left, right, width: 12 });
  new Dashboard(stack, "Dashboard", { dashboardName: app.logicalPrefixedName("overview") }).addWidgets(
    graph("Bookings", [own("Bookings"), own("Conflicts")]),
    graph("Messages", [
      own("RemindersSent"),
      own("RemindersFailed"),
      own("MessagesSent"),
      own("MessagesFailed"),
      own("WebhooksParked"),
    ]),
    graph(
      "Workflows",
      [own("WorkflowExecutions"), own("WorkflowFailures"), own("SlotsGenerated")],
      [own("WorkflowDuration", "p99")],
    ),
    graph("Waiting", [own("OutboxAge", "Maximum"), own("ExpiryLag", "Maximum"), own("CronAge", "Maximum")]),
    graph("Not done", [
      own("LateSchedules", "Maximum"),
      own("SlotsMissing", "Maximum"),
      own("RemindersMissing", "Maximum"),
      own("FailedRuns", "Maximum"),
      own("Repairs"),
    ]),
    graph(
      "API",
      [ofApi(apiId, "Count"), ofApi(apiId, "4xx"), ofApi(apiId, "5xx")],
      [ofApi(apiId, "Latency", "p99")],
    ),
    graph(
      "Lambda",
      lambdaNames().map((name) => ofLambda(name, "Errors")),
      lambdaNames().map((name) => ofLambda(name, "Duration", "p99")),
    ),
    graph("Table", [
      ofTable(tableName, "ConsumedReadCapacityUnits"),
      ofTable(tableName, "ConsumedWriteCapacityUnits"),
    ]),
  );
}
