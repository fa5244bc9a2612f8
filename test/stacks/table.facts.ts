import { tableShape } from "@turno/core/platform";
import { Match } from "aws-cdk-lib/assertions";
import { expect, it } from "vitest";
import { ofType, type SynthesizedStage } from "./synth.ts";

export function tableFacts(stage: string, made: () => SynthesizedStage): void {
  const database = () => made().templates.Database!;
  const isKept = stage !== "dev";

  it("has core's table: its keys, its indexes and what they project", () => {
    expect(ofType(database(), "AWS::DynamoDB::Table")[0]!.Properties).toMatchObject({
      KeySchema: keySchema(tableShape),
      GlobalSecondaryIndexes: tableShape.indexes.map((index) => ({
        IndexName: index.name,
        KeySchema: keySchema(index),
        Projection:
          index.projection === "keys-only"
            ? { ProjectionType: "KEYS_ONLY" }
            : { ProjectionType: "INCLUDE", NonKeyAttributes: [...index.projection] },
      })),
      TimeToLiveSpecification: { AttributeName: tableShape.ttlAttribute, Enabled: true },
      StreamSpecification: { StreamViewType: "NEW_AND_OLD_IMAGES" },
      BillingMode: "PAY_PER_REQUEST",
    });
  });

  it("can restore the table, and loses it with the stage only in dev", () => {
    database().hasResource("AWS::DynamoDB::Table", {
      DeletionPolicy: isKept ? "Retain" : "Delete",
      UpdateReplacePolicy: isKept ? "Retain" : "Delete",
      Properties: Match.objectLike({
        DeletionProtectionEnabled: isKept,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      }),
    });
  });

  it("encrypts the table, under a rotating key of its own where there are patients", () => {
    const encryption = isKept
      ? { SSEEnabled: true, SSEType: "KMS", KMSMasterKeyId: Match.anyValue() }
      : { SSEEnabled: true };
    database().hasResourceProperties("AWS::DynamoDB::Table", { SSESpecification: encryption });
    const keys = ofType(database(), "AWS::KMS::Key");
    expect(keys).toHaveLength(isKept ? 1 : 0);
    for (const key of keys) {
      expect(key).toMatchObject({ DeletionPolicy: "Retain", Properties: { EnableKeyRotation: true } });
    }
  });
}

const keySchema = ({ partitionKey, sortKey }: { partitionKey: string; sortKey: string }) => [
  { AttributeName: partitionKey, KeyType: "HASH" },
  { AttributeName: sortKey, KeyType: "RANGE" },
];
