import {
  type Actor,
  Audit,
  type Context,
  type Practice,
  requireCareTeam,
  requireParty,
} from "../../platform/index.ts";
import { get, page } from "./waitlist.store.ts";
import { type EntrySummary, type EntryView, summaryOf, viewOf } from "./waitlist.ts";

/** One entry with its clinical details, for its patient and the care team; the reading is logged. */
export async function view(context: Context, actor: Actor, entryId: string): Promise<EntryView> {
  const entry = await get(context, entryId);
  requireParty(actor, entry, "entry", entryId);
  const { organizationId } = entry;
  await Audit.read(context, actor, { organizationId, about: entryId, what: "waitlist" });
  return viewOf(entry, context.now());
}

interface Query {
  readonly serviceId?: string;
  readonly limit: number;
  readonly cursor?: string;
}

/** Who waits with a doctor, service by service, each in the order in which they are asked; for the care team. */
export async function list(
  context: Context,
  actor: Actor,
  practice: Practice,
  { serviceId, limit, cursor }: Query,
): Promise<{ items: EntrySummary[]; nextCursor?: string }> {
  requireCareTeam(actor, practice, "profile", practice.profileId);
  const { profileId } = practice;
  const found = await page(context, { profileId, serviceId }, { limit, cursor });
  const now = context.now();
  const items = found.entries
    .map((entry) => summaryOf(entry, now))
    // Their last day has gone by, and only the row does not know yet.
    .filter(({ status }) => status === "waiting" || status === "offered");
  return { items, ...(found.cursor && { nextCursor: found.cursor }) };
}
