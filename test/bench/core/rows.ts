import { type AttributeValue, paginateScan } from "@aws-sdk/client-dynamodb";
import type { TestContext } from "@turno/core/testing";

export type Row = Readonly<Record<string, AttributeValue>>;

/** Every row of the table, as stored. */
export async function rowsOf({ dynamo, table }: TestContext): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const { Items = [] } of paginateScan({ client: dynamo }, { TableName: table.table }))
    rows.push(...Items);
  return rows;
}

/** The entity that a row is of, as ElectroDB names it. */
export const kindOf = (row: Row): string => row.__edb_e__?.S ?? "unknown";

/**
 * What a row counts, in bytes.
 *
 * Source: docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export const sizeOf = (row: Row): number =>
  Object.entries(row).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + sizeOfValue(value), 0);

/** Of a list or map: three bytes, and one for each element. */
const OF_DOCUMENT = 3;

function sizeOfValue(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return numberSize(value.N);
  if (value.SS) return value.SS.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (value.NS) return value.NS.reduce((sum, digits) => sum + numberSize(digits), 0);
  if (value.L) return value.L.reduce((sum, inner) => sum + 1 + sizeOfValue(inner), OF_DOCUMENT);
  if (value.M) return OF_DOCUMENT + Object.keys(value.M).length + sizeOf(value.M);
  return 1;
}

/** About a byte for two significant digits, and one more. */
const numberSize = (digits: string): number =>
  Math.ceil(digits.replace(/\D/g, "").replace(/^0+|0+$/g, "").length / 2) + 1;
