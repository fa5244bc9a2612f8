import { idFrom } from "../../platform/index.ts";
import { Slot } from "../../scheduling/index.ts";
import type { Entry, Offer } from "./waitlist.ts";

/** The fields that every `waitlist/…` event tells; with the offer where it is about one. */
export const factAbout = (entry: Entry, offer?: Offer) => ({
  entryId: idFrom("entry", entry.appointmentId),
  profileId: entry.profileId,
  serviceId: entry.serviceId,
  patientId: entry.patientId,
  ...(offer && {
    slotId: Slot.slotIdOf({ ...entry, start: offer.start }),
    expiresAt: offer.expiresAt,
  }),
});
