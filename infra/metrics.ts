import { Duration } from "aws-cdk-lib";
import { type IMetric, MathExpression, Metric } from "aws-cdk-lib/aws-cloudwatch";

const FIVE_MINUTES = Duration.minutes(5);

/** A metric of AWS's own, over five minutes. */
const aws =
  (namespace: string, dimension: string) =>
  (of: string, metricName: string, statistic = "Sum"): Metric =>
    new Metric({
      namespace: `AWS/${namespace}`,
      metricName,
      statistic,
      period: FIVE_MINUTES,
      dimensionsMap: { [dimension]: of },
    });

export const ofLambda = aws("Lambda", "FunctionName");
export const ofTable = aws("DynamoDB", "TableName");
export const ofQueue = aws("SQS", "QueueName");
export const ofApi = aws("ApiGateway", "ApiId");

/** What Turno measures itself. */
export const ofStage = (
  namespace: string,
  stage: string,
  metricName: string,
  statistic = "Sum",
  period = FIVE_MINUTES,
): Metric => new Metric({ namespace, metricName, statistic, period, dimensionsMap: { Stage: stage } });

/** The sum of at most ten metrics. */
export function sumOf(label: string, metrics: readonly IMetric[]): MathExpression {
  const usingMetrics = Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric]));
  const expression = Object.keys(usingMetrics)
    .map((name) => `FILL(${name}, 0)`)
    .join(" + ");
  return new MathExpression({ expression, label, usingMetrics, period: FIVE_MINUTES });
}
