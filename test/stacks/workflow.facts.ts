import { expect, it } from "vitest";
import { settingsOf } from "../../infra/settings.ts";
import { ofType, type SynthesizedStage } from "./synth.ts";

interface Sending {
  readonly Action: unknown;
  readonly Resource: readonly unknown[];
}

export function workflowFacts(stage: string, made: () => SynthesizedStage): void {
  const workflow = () => made().templates.Workflow!;

  it("reads the stream from its start, wakes for the outbox alone, and gives up into a queue", () => {
    const [mapping] = ofType(workflow(), "AWS::Lambda::EventSourceMapping");
    expect(mapping!.Properties).toMatchObject({
      StartingPosition: "TRIM_HORIZON",
      FilterCriteria: {
        Filters: [{ Pattern: '{"dynamodb":{"NewImage":{"__edb_e__":{"S":["outbox"]}}}}' }],
      },
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 10,
      MaximumRecordAgeInSeconds: 3600,
      BatchSize: 50,
      ParallelizationFactor: 2,
      DestinationConfig: {
        OnFailure: { Destination: { "Fn::GetAtt": [expect.stringMatching(/^RelayDeadLetters/), "Arn"] } },
      },
    });
    expect(mapping!.DependsOn).toContainEqual(expect.stringMatching(/^relayroleDefaultPolicy/));
  });

  it("keeps dead letters for two weeks, encrypted", () => {
    const [queue] = ofType(workflow(), "AWS::SQS::Queue");
    expect(queue!.Properties).toMatchObject({
      MessageRetentionPeriod: 14 * 24 * 60 * 60,
      ...(stage === "dev" ? { SqsManagedSseEnabled: true } : { KmsMasterKeyId: expect.anything() }),
    });
  });

  it("sweeps every minute and leaves a failure to the next", () => {
    const [rule] = ofType(workflow(), "AWS::Events::Rule");
    expect(rule!.Properties).toMatchObject({
      ScheduleExpression: "rate(1 minute)",
      Targets: [{ RetryPolicy: { MaximumRetryAttempts: 0 } }],
    });
    const [retries] = ofType(workflow(), "AWS::Lambda::EventInvokeConfig");
    expect(retries!.Properties.MaximumRetryAttempts).toBe(0);
  });

  it("serves Inngest at a URL that AWS leaves open by both its permissions", () => {
    expect(ofType(workflow(), "AWS::Lambda::Url").map(({ Properties }) => Properties.AuthType)).toEqual([
      "NONE",
    ]);
    const open = ofType(workflow(), "AWS::Lambda::Permission").filter(
      ({ Properties }) => Properties.Principal === "*",
    );
    expect(open.map(({ Properties }) => Properties)).toEqual([
      expect.objectContaining({ Action: "lambda:InvokeFunctionUrl", FunctionUrlAuthType: "NONE" }),
      expect.objectContaining({ Action: "lambda:InvokeFunction", InvokedViaFunctionUrl: true }),
    ]);
  });

  it("sends e-mail in the stage's own name alone, and tells providers where to find the API", () => {
    const sending = ofType(workflow(), "AWS::IAM::Policy")
      .flatMap(({ Properties }) => (Properties.PolicyDocument as { Statement: Sending[] }).Statement)
      .filter(({ Action }) => Action === "ses:SendEmail")
      .flatMap(({ Resource }) => Resource);
    const account = `arn:aws:ses:us-east-1:${settingsOf(stage).account}`;
    const identities = settingsOf(stage).messages.ses?.identities ?? [];
    expect(sending.sort()).toEqual(
      stage === "dev"
        ? []
        : [
            `${account}:configuration-set/turno`,
            ...identities.map((identity) => `${account}:identity/${identity}`),
          ],
    );
    const lambda = ofType(workflow(), "AWS::Lambda::Function").find(
      ({ Properties }) => Properties.FunctionName === `${stage}-turno-workflows`,
    );
    expect(lambda!.Properties.Environment).toMatchObject({
      Variables: {
        API_URL: expect.anything(),
        ...(stage !== "dev" && { SES_REGION: "us-east-1", SES_CONFIGURATION_SET: "turno" }),
      },
    });
  });

  it("never tells a Lambda to take unsigned calls", () => {
    expect(JSON.stringify(workflow().toJSON())).not.toContain("INNGEST_DEV");
  });
}
