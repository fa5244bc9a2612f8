import { allRows, type Row } from "@turno/core/testing";
import type { OpenStage } from "./open.ts";

/** Everything that a stage has kept and sent, one text each; that somebody looked at something is no change. */
export async function keptBy({ context, machine }: OpenStage): Promise<ReadonlySet<string>> {
  const messages = machine.providers.messages().map(({ providerMessageId }) => providerMessageId);
  const rows = (await allRows(context)).filter((row) => !isReading(row));
  return new Set([...rows.map(textOf), ...messages]);
}

const isReading = ({ __edb_e__, action }: Row): boolean =>
  __edb_e__ === "audit" && String(action).startsWith("read/");

/** Rows, maps and sets come in any order. */
const textOf = (row: Row): string =>
  JSON.stringify(row, (_, value: unknown) => {
    if (value instanceof Set) return [...value].sort();
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });

/** What is in one of them only. */
export const differencesBetween = (before: ReadonlySet<string>, after: ReadonlySet<string>): string[] => [
  ...[...before].filter((text) => !after.has(text)).map((text) => `gone: ${text}`),
  ...[...after].filter((text) => !before.has(text)).map((text) => `new: ${text}`),
];
