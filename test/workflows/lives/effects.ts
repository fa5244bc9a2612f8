import { allRows, type Row, type Teller } from "@turno/core/testing";
import type { Clinic } from "../clinic.ts";

/** What a life has left in the world, told so that a life with other ids and a few minutes later has left the same. */
export interface Effects {
  /** Who was told what between one stop of the life and the next. */
  readonly told: readonly (readonly string[])[];
  /** How often whoever passes messages on was given one again, and whoever takes payments was called. */
  readonly repeated: number;
  readonly tellerCalls: number;
  readonly checkouts: readonly unknown[];
  readonly refunds: readonly unknown[];
  /** What the table holds, facts that were told among it, by kind of row. */
  readonly rows: Readonly<Record<string, readonly string[]>>;
  /** Which workflows ran, with the event that each run began with. */
  readonly runs: readonly string[];
}

export async function effectsOf(
  { context, engine, channel }: Clinic,
  { told, teller }: { readonly told: Effects["told"]; readonly teller: Teller },
): Promise<Effects> {
  return {
    told,
    repeated: channel.repeated,
    tellerCalls: teller.calls,
    checkouts: teller.checkouts.map((checkout) => plain(checkout)),
    refunds: teller.refunds.map((refund) => plain(refund)),
    rows: byKind(await allRows(context)),
    runs: engine
      .runs({ limit: 10_000 })
      // How many runs are written down at once is a matter of the moment.
      .filter(({ functionId }) => !functionId.endsWith("record-run"))
      // A run whose last step has begun may complete, or be ended by what that step has done.
      .map(({ functionId, event }) => `${functionId} ${event.name}`)
      .sort(),
  };
}

/** What the service's work took, and when it was seen last, is no effect. */
const measured = new Set(["run", "tally", "beat"]);

function byKind(rows: readonly Row[]): Record<string, string[]> {
  const kinds: Record<string, string[]> = {};
  for (const { __edb_e__, __edb_v__, ...row } of rows) {
    const kind = String(__edb_e__);
    if (measured.has(kind)) continue;
    const told = Object.entries(row).filter(([name]) => !isKey(name) && !isCount(kind, name));
    kinds[kind] = [...(kinds[kind] ?? []), JSON.stringify(plain(Object.fromEntries(told)))];
  }
  for (const kind of Object.values(kinds)) kind.sort();
  return kinds;
}

/** What follows from ids and moments: keys, and the marks of operations. */
const isKey = (name: string): boolean => /^(pk|sk|gsi\d.*|ttl|shard|\w*mark|[cdr]m)$/i.test(name);

/** How often a message was tried, in vain too. */
const isCount = (kind: string, name: string): boolean =>
  kind === "notification" && ["failures", "version"].includes(name);

/** These times are those of visits and doses, and not of the moment at which something was done. */
const isTime = (name: string): boolean => ["start", "end", "occasion"].includes(name);

const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;
const ID = /[0-9A-HJKMNP-TV-Z]{26,32}/gi;

/** Of ids, where several of them are named by one. */
const DIGEST = /:(?=[\w-]*[A-Z\d])[\w-]{11}$/;

/** A value without ids, and without the moment at which it was written. */
function plain(value: unknown, name = ""): unknown {
  if (typeof value === "string") {
    const timeless = isTime(name) ? value : value.replace(INSTANT, "<moment>");
    return timeless.replace(ID, "<id>").replace(DIGEST, ":<id>");
  }
  if (value instanceof Set) return plain([...value].sort(), name);
  if (Array.isArray(value)) return value.map((one) => plain(one, name));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, plain(one, key)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
