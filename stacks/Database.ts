import { tableShape } from "@turno/core/platform";
import { RemovalPolicy } from "aws-cdk-lib";
import { TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import { ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { type StackContext, Table } from "sst/constructs";
import type { TableResource } from "../infra/grants.ts";
import { isProtected, settingsIn } from "../infra/settings.ts";
import { withoutHelper } from "../infra/sst.ts";

/** The one table, and the key under which a protected stage keeps it and all logs. */
export function Database({ app, stack }: StackContext) {
  const isKept = isProtected(settingsIn(app));
  const key = isKept ? dataKey({ app, stack }) : undefined;
  const table = new Table(stack, "Table", {
    ...fieldsAndIndexes(),
    timeToLiveAttribute: tableShape.ttlAttribute,
    stream: tableShape.stream,
    cdk: {
      table: {
        removalPolicy: isKept ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
        deletionProtection: isKept,
        ...(key
          ? { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: key }
          : { encryption: TableEncryption.AWS_MANAGED }),
      },
    },
  });
  const resource: TableResource = {
    arn: table.tableArn,
    indexes: tableShape.indexes.map(({ name }) => name),
    key,
  };

  stack.addOutputs({ TableName: table.tableName });
  withoutHelper(stack);
  return {
    key,
    resource,
    streamArn: table.cdk.table.tableStreamArn!,
    tableName: app.logicalPrefixedName("Table"),
  };
}

/** SST's words for core's value: every key is text. */
function fieldsAndIndexes() {
  const { partitionKey, sortKey, indexes } = tableShape;
  const keys = [tableShape, ...indexes].flatMap((index) => [index.partitionKey, index.sortKey]);
  return {
    fields: Object.fromEntries(keys.map((name) => [name, "string" as const])),
    primaryIndex: { partitionKey, sortKey },
    globalIndexes: Object.fromEntries(
      indexes.map(({ name, projection, ...index }) => [
        name,
        { ...index, projection: projection === "keys-only" ? ("keys_only" as const) : [...projection] },
      ]),
    ),
  };
}

function dataKey({ app, stack }: StackContext): Key {
  const key = new Key(stack, "Key", {
    alias: `alias/${app.logicalPrefixedName("data")}`,
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  // Logs are encrypted by their service on its own behalf; CDK's log group does not see to it.
  const { partition, region, account } = stack;
  key.grantEncryptDecrypt(
    new ServicePrincipal(`logs.${region}.amazonaws.com`, {
      conditions: {
        ArnLike: {
          "kms:EncryptionContext:aws:logs:arn": `arn:${partition}:logs:${region}:${account}:log-group:*`,
        },
      },
    }),
  );
  return key;
}
