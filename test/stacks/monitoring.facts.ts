import { readFileSync } from "node:fs";
import path from "node:path";
import { type MetricName, units } from "@turno/functions/metrics";
import { expect, it } from "vitest";
import { settingsOf } from "../../infra/settings.ts";
import { ofType, type SynthesizedStage } from "./synth.ts";

/** What may be seen on the dashboard without anybody being woken for it. */
const UNALARMED: readonly MetricName[] = [
  "Bookings",
  "FailedRuns",
  "MessagesFailed",
  "MessagesSent",
  "RemindersSent",
  "Repairs",
  "WorkflowExecutions",
];

/** What is watched of every Lambda. */
const PER_LAMBDA: readonly string[] = ["Errors", "Throttles"];

export function monitoringFacts(stage: string, made: () => SynthesizedStage): void {
  const monitoring = () => made().templates.Monitoring!;
  const alarms = () => ofType(monitoring(), "AWS::CloudWatch::Alarm").map(({ Properties }) => Properties);
  const isProtected = stage !== "dev";

  it("shows everything that is measured on a dashboard", () => {
    const [dashboard] = ofType(monitoring(), "AWS::CloudWatch::Dashboard");
    const body = JSON.stringify(dashboard!.Properties.DashboardBody);
    for (const name of Object.keys(units)) expect(body).toContain(name);
  });

  it("has somebody hear every alarm and its end, where there are patients", () => {
    expect(alarms().length > 0).toBe(isProtected);
    for (const { AlarmActions, OKActions } of alarms()) {
      const topic = [{ Ref: expect.stringMatching(/^Alarms/) }];
      expect([AlarmActions, OKActions]).toEqual([topic, topic]);
    }
    const subscribed = ofType(monitoring(), "AWS::SNS::Subscription").map(
      ({ Properties }) => Properties.Endpoint,
    );
    expect(subscribed).toEqual(isProtected ? settingsOf(stage).alarms.emails : []);
  });

  it("raises alarms on Lambda, API, table, stream, dead letters and what is measured", () => {
    if (!isProtected) return;
    const text = JSON.stringify(alarms());
    for (const metric of [
      "Errors",
      "Throttles",
      "IteratorAge",
      "ApproximateNumberOfMessagesVisible",
      "5xx",
    ]) {
      expect(text).toContain(`"MetricName":"${metric}"`);
    }
    for (const name of Object.keys(units) as MetricName[]) {
      if (UNALARMED.includes(name)) continue;
      expect(alarms()).toContainEqual(
        expect.objectContaining({
          Namespace: "Turno",
          MetricName: name,
          Dimensions: [{ Name: "Stage", Value: stage }],
        }),
      );
    }
  });

  it("looks at each Lambda by itself, and at no more metrics in an alarm than CloudWatch takes", () => {
    if (!isProtected) return;
    for (const MetricName of PER_LAMBDA) {
      const seen = alarms().filter((alarm) => alarm.MetricName === MetricName);
      expect(seen).toHaveLength(made().bundles.length);
    }
    for (const { Metrics = [] } of alarms()) {
      const stored = (Metrics as { MetricStat?: object }[]).filter(({ MetricStat }) => MetricStat);
      expect(stored.length).toBeLessThanOrEqual(10);
    }
  });

  it("tells in its handbook what each alarm means", () => {
    const handbook = readFileSync(path.resolve(import.meta.dirname, "../../docs/deploy.md"), "utf8");
    for (const { AlarmName, Namespace, MetricName } of alarms()) {
      const name = String(AlarmName).slice(`${stage}-turno-`.length);
      const isOfEachLambda = Namespace === "AWS/Lambda" && PER_LAMBDA.includes(String(MetricName));
      const shown = isOfEachLambda ? `…-${String(MetricName).toLowerCase()}` : name;
      expect(handbook).toContain(`| \`${shown}\` |`);
    }
  });

  it("encrypts what it tells", () => {
    for (const topic of ofType(monitoring(), "AWS::SNS::Topic")) {
      expect(topic.Properties.KmsMasterKeyId).toBeDefined();
    }
  });
}
