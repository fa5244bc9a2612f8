import { Waitlist } from "@turno/core/booking";
import { Profile } from "@turno/core/identity";
import { idFrom } from "@turno/core/platform";
import type { Handlers } from "../../pipeline/handler.ts";
import { linkTo, sought } from "./wish.ts";

export const waitlist = {
  async joinWaitlist({ context, actor, body, operation }) {
    const { practice, service, patientId } = await sought(context, actor, body);
    const entry = await Waitlist.join(context, actor, practice, service, patientId, body, operation);
    return {
      entryId: idFrom("entry", entry.appointmentId),
      linkToken: linkTo(context, { ...entry, end: entry.until }),
    };
  },
  getWaitlistEntry: ({ context, actor, params }) => Waitlist.view(context, actor, params.entryId),
  async listWaitlist({ context, actor, params, query }) {
    return Waitlist.list(context, actor, await Profile.practice(context, params.profileId), query);
  },
  async leaveWaitlist({ context, actor, params }) {
    await Waitlist.leave(context, actor, params.entryId);
    return undefined;
  },
  async acceptOffer({ context, actor, params: { offerId }, operation }) {
    const accepted = await Waitlist.accept(context, actor, Profile.practice, { offerId, operation });
    if (accepted.request) {
      const { request } = accepted;
      return {
        requestId: idFrom("request", request.appointmentId),
        status: "pending",
        expiresAt: request.expiresAt,
        linkToken: linkTo(context, request),
      };
    }
    const { reservation } = accepted;
    return {
      reservationId: idFrom("reservation", reservation.appointmentId),
      status: "confirmed",
      linkToken: linkTo(context, reservation),
    };
  },
  declineOffer: ({ context, actor, params: { offerId }, operation }) =>
    Waitlist.decline(context, actor, { offerId, operation }),
} satisfies Partial<Handlers<"booking">>;
