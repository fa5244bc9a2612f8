/** Where CloudWatch keeps them. Each has one dimension, the stage. */
export const NAMESPACE = "Turno";

/** Everything that is measured, with CloudWatch's name of its unit. */
export const units = {
  /** Requests and reservations that were made. */
  Bookings: "Count",
  /** Times that were no longer free when somebody asked for them. */
  Conflicts: "Count",
  WorkflowExecutions: "Count",
  /** Runs that failed for good. */
  WorkflowFailures: "Count",
  /** What one call of a workflow took. */
  WorkflowDuration: "Milliseconds",
  RemindersSent: "Count",
  RemindersFailed: "Count",
  MessagesSent: "Count",
  MessagesFailed: "Count",
  /** Parts of providers' calls that made no sense here. */
  WebhooksParked: "Count",
  SlotsGenerated: "Count",
  /** How long ago the time of the most overdue request was up. */
  ExpiryLag: "Seconds",
  /** How long the oldest fact has waited to be told. */
  OutboxAge: "Seconds",
  /** How long ago the health check last ran. */
  CronAge: "Seconds",
  /** Workflows that should have begun by themselves and did not. */
  LateSchedules: "Count",
  /** Calendars whose slots of tomorrow were not made. */
  SlotsMissing: "Count",
  /** Reminders that were due and that nobody tried to send. */
  RemindersMissing: "Count",
  /** Runs that failed and were not begun anew. */
  FailedRuns: "Count",
  /** What the health check made up for. */
  Repairs: "Count",
} as const;

export type MetricName = keyof typeof units;

export type Measure = (values: Partial<Record<MetricName, number>>) => void;

/** Standard output as it is: Lambda's own console would wrap a line so that CloudWatch finds no metric in it. */
const toStandardOutput = (line: string): boolean => process.stdout.write(`${line}\n`);

/**
 * Writes metrics as lines of the log, from which CloudWatch takes them.
 *
 * Source: docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const measureTo =
  (
    stage: string,
    { write = toStandardOutput, now = Date.now }: { write?: (line: string) => void; now?: () => number } = {},
  ): Measure =>
  (values) => {
    const names = Object.keys(values) as MetricName[];
    write(
      JSON.stringify({
        _aws: {
          Timestamp: now(),
          CloudWatchMetrics: [
            {
              Namespace: NAMESPACE,
              Dimensions: [["Stage"]],
              Metrics: names.map((name) => ({ Name: name, Unit: units[name] })),
            },
          ],
        },
        Stage: stage,
        ...values,
      }),
    );
  };
