import {
  type Actor,
  type Context,
  type Instant,
  lastWins,
  NotFound,
  requireStaff,
  Stale,
} from "../../platform/index.ts";
import { type Known, keep, of, type Person } from "./preference.store.ts";
import type { OwnPreferenceEdit, Preference, PreferenceEdit } from "./preference.ts";

/** A patient, and the appointment whose link may speak for them. */
export interface Owner extends Person {
  readonly appointmentId?: string;
}

/** By staff, or by the patient. */
export type Changes = PreferenceEdit | OwnPreferenceEdit;

/** A patient's preferences, for staff of their clinic and for the holder of their link. Throws {@link NotFound}. */
export async function view(context: Context, actor: Actor, owner: Owner): Promise<Preference> {
  requireOwner(actor, owner);
  return shown(await of(context, owner));
}

/**
 * Changes preferences. `version` is the one that was read; without it the last edit wins.
 *
 * Throws {@link NotFound}, {@link Stale}.
 */
export async function edit(
  context: Context,
  actor: Actor,
  owner: Owner,
  changes: Changes,
  version?: number,
): Promise<Preference> {
  requireOwner(actor, owner);
  const { organizationId, patientId } = owner;
  return lastWins(version, async () => {
    const before = await of(context, owner);
    if (version !== undefined && version !== before.version) throw new Stale("preferences");
    const after = changed(before, changes, context.now());
    return shown(await keep(context, actor, { organizationId, patientId }, before, after));
  });
}

function requireOwner(actor: Actor, { organizationId, patientId, appointmentId }: Owner): void {
  if (actor.kind !== "patient") {
    requireStaff(actor, organizationId, "patient", patientId);
    return;
  }
  if (actor.organizationId !== organizationId || actor.appointmentId !== appointmentId) {
    throw new NotFound("patient", patientId);
  }
}

/** What is chosen after the changes; `undefined` leaves a choice as it is, `null` takes it back. */
function changed({ version: _, ...before }: Known, changes: Changes, at: Instant): Omit<Known, "version"> {
  const { channels, quietHours, detail, outreach } = changes;
  const device = "pushSubscription" in changes ? changes.pushSubscription : undefined;
  return {
    channels: chosen(before.channels, channels),
    quietHours: chosen(before.quietHours, quietHours),
    detail: detail ?? before.detail,
    outreach: outreach
      ? { given: outreach.given, how: "how" in outreach ? outreach.how : "link", at }
      : before.outreach,
    device: chosen(before.device, device && JSON.stringify(device)),
  };
}

const chosen = <T>(before: T | undefined, change: T | null | undefined): T | undefined =>
  change === undefined ? before : (change ?? undefined);

const shown = ({
  channels = [],
  quietHours,
  detail = "full",
  outreach,
  device,
  version,
}: Known): Preference => ({
  channels: [...channels],
  ...(quietHours && { quietHours }),
  detail,
  ...(outreach && { outreach }),
  hasDevice: device !== undefined,
  version,
});
