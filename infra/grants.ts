import { Stack } from "aws-cdk-lib";
import { type IGrantable, PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { IDependable } from "constructs";
import type { Stack as AnyStack } from "sst/constructs";
import { parameterOf, type SecretName } from "./secrets.ts";
import type { Messages } from "./settings.ts";

/** The table as those who are granted something see it. */
export interface TableResource {
  readonly arn: string;
  /** The names of its indexes. */
  readonly indexes: readonly string[];
  /** Encrypts it; AWS's own key does where there is none. */
  readonly key: IKey | undefined;
}

const READ = ["dynamodb:BatchGetItem", "dynamodb:ConditionCheckItem", "dynamodb:GetItem", "dynamodb:Query"];
const WRITE = ["dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:UpdateItem"];

/** What the table asks of its key on behalf of whoever calls it, without the star that AWS's examples have. */
const KEY_USE = [
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
];

/** Reading and writing items by their keys and the table's indexes, one by one or in transactions. Never a scan. */
export function grantItems(grantee: IGrantable, table: TableResource): void {
  allow(grantee, [...READ, ...WRITE], [table.arn]);
  allow(
    grantee,
    ["dynamodb:Query"],
    table.indexes.map((name) => `${table.arn}/index/${name}`),
  );
  grantTableKey(grantee, table);
}

/** Taking rows out of the outbox and writing down what they told. */
export function grantOutbox(grantee: IGrantable, table: TableResource): void {
  allow(grantee, ["dynamodb:DeleteItem", "dynamodb:PutItem"], [table.arn]);
  grantTableKey(grantee, table);
}

/** Reading the table's stream. Returns what has to be in force before somebody does. */
export function grantStream(grantee: IGrantable, streamArn: string): IDependable {
  allow(
    grantee,
    ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
    [streamArn],
  );
  // AWS knows no narrower resource for this one.
  return allow(grantee, ["dynamodb:ListStreams"], ["*"]);
}

/** Handing over what was given up. */
export function grantDeadLetters(grantee: IGrantable, queueArn: string, key: IKey | undefined): void {
  allow(grantee, ["sqs:SendMessage"], [queueArn]);
  if (key) allowKey(grantee, key, "sqs", ["kms:Decrypt", "kms:GenerateDataKey"]);
}

/** Reading these secrets of the stage and no others. AWS's own key for parameters decrypts them. */
export function grantSecrets(grantee: IGrantable, stack: AnyStack, names: readonly SecretName[]): void {
  const arn = `arn:${stack.partition}:ssm:${stack.region}:${stack.account}:parameter`;
  allow(
    grantee,
    ["ssm:GetParameters"],
    names.map((name) => arn + parameterOf(stack.stage, name)),
  );
}

/** Sending e-mail as these identities, under a configuration set. */
export function grantEmail(
  grantee: IGrantable,
  stack: AnyStack,
  { region, identities, configurationSet }: NonNullable<Messages["ses"]>,
): void {
  const arn = `arn:${stack.partition}:ses:${region}:${stack.account}`;
  allow(
    grantee,
    ["ses:SendEmail"],
    [...identities.map((name) => `${arn}:identity/${name}`), `${arn}:configuration-set/${configurationSet}`],
  );
}

function grantTableKey(grantee: IGrantable, { key }: TableResource): void {
  if (key) allowKey(grantee, key, "dynamodb", KEY_USE);
}

/** The key, and only through the service whose data it encrypts. */
function allowKey(grantee: IGrantable, key: IKey, service: string, actions: string[]): void {
  const viaService = `${service}.${Stack.of(key).region}.amazonaws.com`;
  allow(grantee, actions, [key.keyArn], { StringEquals: { "kms:ViaService": viaService } });
}

function allow(
  grantee: IGrantable,
  actions: string[],
  resources: string[],
  conditions: Record<string, object> = {},
): IDependable {
  const statement = new PolicyStatement({ actions, resources, conditions });
  return grantee.grantPrincipal.addToPrincipalPolicy(statement).policyDependable!;
}
