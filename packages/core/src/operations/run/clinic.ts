import { Request, Reservation } from "../../booking/index.ts";
import { Profile } from "../../identity/index.ts";
import { Inbox } from "../../notifications/index.ts";
import { type Context, NotFound, prefixes } from "../../platform/index.ts";

type Find = (context: Context, id: string) => Promise<{ readonly organizationId: string }>;

/** What an event may name, and whose it is; the first that is there decides. */
const OWNERS: readonly [field: string, prefix: string, find: Find][] = [
  ["organizationId", prefixes.organization, async (_, organizationId) => ({ organizationId })],
  ["profileId", prefixes.profile, Profile.get],
  ["reservationId", prefixes.reservation, Reservation.get],
  ["requestId", prefixes.request, Request.get],
  ["messageId", prefixes.message, Inbox.get],
];

/** The fields by which an event says whose it is. */
export const ownerFields: readonly string[] = OWNERS.map(([field]) => field);

/** The clinic of the thing that an event names; `undefined` when it names none, as what concerns a whole stage does. */
export async function clinicOf(
  context: Context,
  data: Readonly<Record<string, unknown>>,
): Promise<string | undefined> {
  for (const [field, prefix, find] of OWNERS) {
    const id = data[field];
    if (typeof id !== "string" || !id.startsWith(`${prefix}_`)) continue;
    try {
      return (await find(context, id)).organizationId;
    } catch (error) {
      // It named what was never there, which may be why the run failed.
      if (!(error instanceof NotFound)) throw error;
    }
  }
  return undefined;
}
