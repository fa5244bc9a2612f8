import { Waitlist } from "@turno/core/booking";
import { Profile } from "@turno/core/identity";
import { waitlistLink } from "../link.ts";
import { details, visitOf } from "../visit.ts";
import { toPatient, type Writer } from "./letter.ts";

/** About an offer of the waiting list, by its id. */
export const waitlist = {
  waitlist_offer: async (desk, offerId) => {
    const { context } = desk;
    const { entryId, start } = Waitlist.offerKeyOf(offerId);
    const entry = await Waitlist.get(context, entryId);
    const offer = Waitlist.liveOffer(entry, context.now());
    if (offer?.start !== start) return undefined;
    const practice = await Profile.practice(context, entry.profileId);
    const visit = await visitOf(context, Waitlist.appointmentFrom(practice, entry, offer));
    return toPatient(visit, "waitlist_offer", {
      ...details(visit),
      clinicAddress: practice.clinicAddress,
      expiresAt: offer.expiresAt,
      link: waitlistLink(desk, entry),
    });
  },
} satisfies { readonly waitlist_offer: Writer<"waitlist_offer"> };
