import { Profile } from "@turno/core/identity";
import { Service } from "@turno/core/scheduling";
import type { Handlers } from "../../pipeline/handler.ts";

export const services = {
  async listServices({ context, actor, params: { profileId }, query: { status } }) {
    if (status === "inactive") {
      const practice = await Profile.practice(context, profileId);
      return { items: await Service.inactive(context, actor, practice) };
    }
    await Profile.published(context, profileId);
    return { items: await Service.active(context, profileId) };
  },
  async createService({ context, actor, params, body, operation }) {
    const practice = await Profile.practice(context, params.profileId);
    return Service.create(context, actor, practice, body, operation);
  },
  editService: ({ context, actor, params, body, version }) =>
    Service.edit(context, actor, params.serviceId, body, version),
  async removeService({ context, actor, params }) {
    await Service.edit(context, actor, params.serviceId, { active: false });
    return undefined;
  },
} satisfies Partial<Handlers<"scheduling">>;
