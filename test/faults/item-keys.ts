import type { WireCall, WireTarget } from "./wire.ts";

type Attributes = Record<string, unknown>;

interface ItemAction {
  TableName: string;
  /** A put names its key among its attributes. */
  Item?: Attributes;
  Key?: Attributes;
}

/** Names the items that a call touches, one text for each action, in their order. */
export type ItemKeys = (call: WireCall) => Promise<string[]>;

/** Asks the database for the key attributes of each table once. */
export function createItemKeys(target: WireTarget): ItemKeys {
  const known = new Map<string, string[]>();
  const keyAttributes = async (table: string, call: WireCall): Promise<string[]> => {
    const names = known.get(table) ?? (await describeKey(target, table, call));
    known.set(table, names);
    return names;
  };
  return (call) =>
    Promise.all(
      actionsOf(call).map(async ({ TableName, Item, Key }) => {
        const names = await keyAttributes(TableName, call);
        const attributes = Item ?? Key ?? {};
        return JSON.stringify([TableName, ...names.map((name) => attributes[name])]);
      }),
    );
}

function actionsOf({ operation, body }: WireCall): ItemAction[] {
  const input = JSON.parse(body.toString("utf8"));
  if (operation !== "TransactWriteItems" && operation !== "TransactGetItems") return [input];
  // Every entry holds one action under its name: Put, Update, Delete, ConditionCheck or Get.
  return (input.TransactItems as Record<string, ItemAction>[]).flatMap((entry) => Object.values(entry));
}

async function describeKey(target: WireTarget, table: string, call: WireCall): Promise<string[]> {
  const body = Buffer.from(JSON.stringify({ TableName: table }));
  const answer = await target.send({ operation: "DescribeTable", headers: call.headers, body });
  if (answer.status !== 200) throw new Error(`The table ${table} cannot be described: ${answer.body}`);
  const { Table } = JSON.parse(answer.body.toString("utf8")) as {
    Table: { KeySchema: { AttributeName: string }[] };
  };
  return Table.KeySchema.map((key) => key.AttributeName);
}
