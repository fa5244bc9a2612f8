import { Waitlist } from "@turno/core/booking";
import { Profile } from "@turno/core/identity";
import { type Context, idFrom, type Practice } from "@turno/core/platform";
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
    const practice = await practiceOf(context, offerId);
    const accepted = await Waitlist.accept(context, actor, practice, { offerId, operation });
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
  async declineOffer({ context, actor, params: { offerId }, operation }) {
    await Waitlist.decline(context, actor, { offerId, operation });
    const { entryId } = Waitlist.offerKeyOf(offerId);
    const entry = await Waitlist.get(context, entryId);
    return { entryId, status: Waitlist.statusAt(entry, context.now()) };
  },
} satisfies Partial<Handlers<"booking">>;

async function practiceOf(context: Context, offerId: string): Promise<Practice> {
  const { profileId } = await Waitlist.get(context, Waitlist.offerKeyOf(offerId).entryId);
  return Profile.practice(context, profileId);
}
