import { type Actor, nameOf } from "../actor.ts";
import { unexpected, type Write } from "../commit.ts";
import type { Context } from "../context.ts";
import { AuditEntity } from "./audit.entity.ts";

/** One line of the audit log: `by` did `action` to `about` at `at`. */
export interface AuditEntry {
  readonly org: string;
  readonly about: string;
  readonly entryId: string;
  readonly action: string;
  readonly by: string;
  readonly at: string;
}

export const write = (entry: AuditEntry): Write => ({
  action: "Put",
  change: AuditEntity.put(entry),
  refused: unexpected("audit"),
});

/** Records that clinical data of `about` was read: the row is there before the data is shown. */
export async function read(
  context: Context,
  actor: Actor,
  { organizationId, about, what }: { organizationId: string; about: string; what: string },
): Promise<void> {
  await AuditEntity.put({
    org: organizationId,
    about,
    entryId: context.newUlid(),
    action: `read/${what}`,
    by: nameOf(actor),
    at: context.now(),
  }).go(context.table);
}

/** What happened to one thing and who looked at it, oldest first. */
export async function trail(context: Context, organizationId: string, about: string): Promise<AuditEntry[]> {
  const { data } = await AuditEntity.query
    .primary({ org: organizationId, about })
    .go({ ...context.table, pages: "all" });
  return data;
}
