import { Profile } from "@turno/core/identity";
import { type Actor, type Context, type Practice, requireStaff } from "@turno/core/platform";
import { Availability } from "@turno/core/scheduling";
import type { Handlers } from "../../pipeline/handler.ts";

const { Exceptions, Rules } = Availability;

/** Before and after every date that a calendar has. */
const EVER = { from: "0001-01-01", to: "9999-12-31" };

export const availability = {
  async listRules({ context, actor, params: { profileId } }) {
    await ownPractice(context, actor, profileId);
    return { items: await Rules.all(context, profileId) };
  },
  async createRule({ context, actor, params, body, operation }) {
    const practice = await Profile.practice(context, params.profileId);
    return Rules.create(context, actor, practice, body, operation);
  },
  async editRule({ context, actor, params: { ruleId }, body, version }) {
    const practice = await practiceOfRule(context, ruleId);
    return Rules.edit(context, actor, practice, ruleId, body, version);
  },
  async removeRule({ context, actor, params: { ruleId } }) {
    await Rules.remove(context, actor, await practiceOfRule(context, ruleId), ruleId);
    return undefined;
  },
  async listExceptions({ context, actor, params: { profileId }, query }) {
    await ownPractice(context, actor, profileId);
    const { from = EVER.from, to = EVER.to } = query;
    return { items: await Exceptions.between(context, profileId, from, to) };
  },
  async createException({ context, actor, params, body, operation }) {
    const practice = await Profile.practice(context, params.profileId);
    return Exceptions.create(context, actor, practice, body, operation);
  },
  async removeException({ context, actor, params: { profileId, exceptionId } }) {
    await Exceptions.remove(context, actor, await Profile.practice(context, profileId), exceptionId);
    return undefined;
  },
} satisfies Partial<Handlers<"scheduling">>;

/** The practice, for its own staff. */
async function ownPractice(context: Context, actor: Actor, profileId: string): Promise<Practice> {
  const practice = await Profile.practice(context, profileId);
  requireStaff(actor, practice.organizationId, "profile", profileId);
  return practice;
}

const practiceOfRule = async (context: Context, ruleId: string): Promise<Practice> =>
  Profile.practice(context, (await Rules.byId(context, ruleId)).profileId);
