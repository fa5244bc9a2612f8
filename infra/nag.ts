import { type NagPackSuppression, NagSuppressions } from "cdk-nag";
import type { IConstruct } from "constructs";
import type { App } from "sst/constructs";

interface Decision {
  /** Which constructs, by their path without the stage. */
  readonly where: RegExp;
  readonly rules: readonly NagPackSuppression[];
}

const decisions: readonly Decision[] = [
  {
    where: /role\/DefaultPolicy\/Resource$/,
    rules: [
      {
        id: "HIPAA.Security-IAMNoInlinePolicy",
        reason: "Each role has one policy of its own, written where the role is; nothing else could use it.",
      },
    ],
  },
  {
    where: /Workflow\/relay-role\/DefaultPolicy\/Resource$/,
    rules: [
      {
        id: "AwsSolutions-IAM5",
        reason: "dynamodb:ListStreams, which Lambda asks for, knows no narrower resource.",
        appliesTo: ["Resource::*"],
      },
    ],
  },
  {
    where: /\/(relay|sweep|workflows|[a-z]+-api)\/Resource$/,
    rules: [
      {
        id: "HIPAA.Security-LambdaInsideVPC",
        reason: "It reaches AWS by IAM and others by HTTPS; there is nothing in a network of ours.",
      },
      {
        id: "HIPAA.Security-LambdaDLQ",
        reason:
          "Called synchronously; the stream has a queue of its own, and the sweep's next minute repeats it.",
      },
    ],
  },
  {
    where: /Workflow\/workflows\/invoke-function(-url)?$/,
    rules: [
      {
        id: "HIPAA.Security-LambdaFunctionPublicAccessProhibited",
        reason:
          "Inngest cannot sign as AWS does. Calls that it has not signed with the stage's key get a 401.",
      },
    ],
  },
  {
    where: /Workflow\/RelayDeadLetters\/Resource$/,
    rules: [
      {
        id: "AwsSolutions-SQS3",
        reason: "This is where the stream's dead letters go; the rule does not look at event sources.",
      },
    ],
  },
  {
    where: /Api\/Api\/Api\/[A-Z]+--[^/]+\/Resource$/,
    rules: [
      {
        id: "AwsSolutions-APIG4",
        reason: "Public by the contract, or opened by a patient's link, which the Lambda verifies.",
      },
    ],
  },
  {
    where: /Api\/Staff\/Resource$/,
    rules: [
      {
        id: "AwsSolutions-COG2",
        reason: "A second factor is required where there are patients; in a dev stage it may be left out.",
      },
      {
        id: "AwsSolutions-COG3",
        reason: "Threat protection is billed for each user; invited staff with a second factor do without.",
      },
    ],
  },
  {
    where: /Database\/Table\/Table\/Resource$/,
    rules: [
      {
        id: "HIPAA.Security-DynamoDBInBackupPlan",
        reason: "Any second of the last 35 days can be restored, and the table outlives its stack.",
      },
    ],
  },
];

/**
 * Writes down why some rules of cdk-nag are not followed. Returns the decisions that met nothing.
 *
 * For tests alone, so that templates stay free of remarks.
 */
export function suppress(app: App): string[] {
  const met = new Set<Decision>();
  for (const node of app.node.findAll() as IConstruct[]) {
    for (const decision of decisions.filter(({ where }) => where.test(node.node.path))) {
      met.add(decision);
      NagSuppressions.addResourceSuppressions(node, [...decision.rules]);
    }
  }
  return decisions.filter((decision) => !met.has(decision)).map(({ where }) => String(where));
}
