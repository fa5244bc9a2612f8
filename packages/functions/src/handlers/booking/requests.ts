import { Request, Reservation } from "@turno/core/booking";
import { Profile } from "@turno/core/identity";
import { idFrom } from "@turno/core/platform";
import type { Handlers } from "../../pipeline/handler.ts";
import { linkTo, wished } from "./wish.ts";

export const requests = {
  async createRequest({ context, actor, body, operation }) {
    const { practice, service, patientId } = await wished(context, actor, body);
    const wish = [context, actor, practice, service, patientId, body, operation] as const;
    if (service.approval === "instant") {
      const reservation = await Reservation.book(...wish);
      return {
        reservationId: idFrom("reservation", reservation.appointmentId),
        status: "confirmed",
        linkToken: linkTo(context, reservation),
      };
    }
    const request = await Request.create(...wish);
    return {
      requestId: idFrom("request", request.appointmentId),
      status: "pending",
      expiresAt: request.expiresAt,
      linkToken: linkTo(context, request),
    };
  },
  getRequest: ({ context, actor, params }) => Request.view(context, actor, params.requestId),
  approveRequest: ({ context, actor, params: { requestId }, body: { changes }, operation }) =>
    Request.approve(context, actor, Profile.practice, { requestId, changes, operation }),
  async rejectRequest({ context, actor, params: { requestId }, body: { reason }, operation }) {
    await Request.reject(context, actor, { requestId, reason, operation });
    return { requestId, status: "rejected" };
  },
  async cancelRequest({ context, actor, params: { requestId }, body: { reason }, operation }) {
    await Request.cancel(context, actor, { requestId, reason, operation });
    return { requestId, status: "cancelled" };
  },
  async listRequests({ context, actor, params, query }) {
    return Request.inbox(context, actor, await Profile.practice(context, params.profileId), query);
  },
} satisfies Partial<Handlers<"booking">>;
