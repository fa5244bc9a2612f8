import { Profile } from "@turno/core/identity";
import type { Instant, LocalDate } from "@turno/core/platform";
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
  return Generation.conflicts(context, await Profile.practice(context, profileId), days);
}
