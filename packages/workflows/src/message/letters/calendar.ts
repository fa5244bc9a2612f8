import { Profile } from "@turno/core/identity";
import { Generation } from "@turno/core/scheduling";
import type { Writer } from "./letter.ts";

/** About a calendar, by the id of its profile. */
export const calendar = {
  calendar_conflicts_doctor: async ({ context }, profileId) => {
    const practice = await Profile.practice(context, profileId);
    const days = await Generation.days(context, practice);
    const conflicts = await Generation.conflicts(context, practice, days);
    if (conflicts.length === 0) return undefined;
    const { organizationId, doctorName, doctorPhone, doctorLanguage, timezone } = practice;
    return {
      ...{ organizationId, profileId },
      recipient: "doctor",
      template: "calendar_conflicts_doctor",
      language: doctorLanguage,
      zone: timezone,
      addresses: { phone: doctorPhone },
      variables: { doctorName, conflicts: conflicts.map(({ startTime }) => startTime) },
    };
  },
} satisfies { readonly [Name in "calendar_conflicts_doctor"]: Writer<Name> };
