import { FollowUp } from "@turno/core/booking";
import type { Handlers } from "../../pipeline/handler.ts";

export const followUps = {
  async listFollowUps({ context, actor, params }) {
    return { items: await FollowUp.list(context, actor, params.reservationId) };
  },
} satisfies Partial<Handlers<"booking">>;
