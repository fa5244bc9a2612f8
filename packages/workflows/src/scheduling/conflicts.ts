import { Profile } from "@turno/core/identity";
import { Delivery } from "@turno/core/notifications";
import { digestOf, type Instant, type LocalDate } from "@turno/core/platform";
import { Generation } from "@turno/core/scheduling";
import type { Desk } from "../desk.ts";

/** A visit as the doctor is told of it: by its time. */
export interface Conflict {
  readonly slotId: string;
  readonly startTime: Instant;
}

/** What is booked on these days and has no room in the calendar any more. */
export async function conflictsOn(
  { context }: Desk,
  profileId: string,
  days: readonly LocalDate[],
): Promise<readonly Conflict[]> {
  const [from] = days;
  const to = days.at(-1);
  if (!from || !to) return [];
  return Generation.conflicts(context, await Profile.practice(context, profileId), { from, to });
}

/** Tells the doctor of the visits that have no room any more; of the same ones once. */
export async function tellConflicts(
  { context, channel }: Desk,
  { workflow, profileId, conflicts }: { workflow: string; profileId: string; conflicts: readonly Conflict[] },
): Promise<Delivery.Outcome> {
  const practice = await Profile.practice(context, profileId);
  const { organizationId, doctorName, doctorPhone, doctorLanguage, timezone } = practice;
  return Delivery.send(context, channel, {
    ...{ organizationId, profileId },
    about: profileId,
    occasion: `${workflow}:tell-conflicts:${digestOf(conflicts.map(({ slotId }) => slotId).join())}`,
    recipient: "doctor",
    template: "calendar_conflicts_doctor",
    language: doctorLanguage,
    zone: timezone,
    to: doctorPhone,
    channelName: "whatsapp",
    variables: { doctorName, conflicts: conflicts.map(({ startTime }) => startTime) },
  });
}
