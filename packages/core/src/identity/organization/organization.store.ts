import {
  type ChannelName,
  type Context,
  commit,
  type DepositTerms,
  type Messaging,
  NotFound,
  Refusal,
  unexpected,
  type Write,
} from "../../platform/index.ts";
import { OrganizationEntity, SenderEntity, SlugEntity } from "./organization.entity.ts";
import type { Organization } from "./organization.ts";

/** Opens a clinic. Throws `slug-taken` and `sender-taken` when another has the slug, or one of its numbers. */
export async function create(context: Context, organization: Organization): Promise<void> {
  const { slug, organizationId, messaging } = organization;
  await commit(context, [
    {
      action: "Put",
      change: SlugEntity.create({ slug, organizationId }),
      refused: () => new Refusal("slug-taken", "Another clinic has this slug.", { slug }),
    },
    {
      action: "Put",
      change: OrganizationEntity.create(organization),
      refused: unexpected("organization"),
    },
    ...sendersOf(messaging).map((sender) => claimed(context, sender, organizationId)),
  ]);
  context.memory.forget(ALL);
}

/** Chooses the channels that a clinic speaks through. Throws {@link NotFound}, `sender-taken`. */
export async function speakThrough(
  context: Context,
  organizationId: string,
  messaging: Messaging,
): Promise<void> {
  const { data } = await OrganizationEntity.get({ organizationId }).go({
    ...context.table,
    consistent: true,
  });
  const before = sendersOf((data as Organization | null)?.messaging);
  const after = sendersOf(messaging);
  const keysAfter = after.map((sender) => keyOf(context, sender));
  await commit(context, [
    {
      action: "Update",
      change: OrganizationEntity.patch({ organizationId }).set({ messaging }),
      refused: () => new NotFound("organization", organizationId),
    },
    ...after.map((sender) => claimed(context, sender, organizationId)),
    ...before
      .map((sender) => keyOf(context, sender))
      .filter((senderKey) => !keysAfter.includes(senderKey))
      .map(
        (senderKey): Write => ({
          action: "Delete",
          change: SenderEntity.delete({ senderKey }),
          refused: unexpected("sender"),
        }),
      ),
  ]);
  context.memory.forget(organizationId);
}

/** Chooses what a clinic asks for in advance, from now on; nothing when left out. Throws {@link NotFound}. */
export async function askDeposits(
  context: Context,
  organizationId: string,
  terms: DepositTerms | undefined,
): Promise<void> {
  const patch = OrganizationEntity.patch({ organizationId });
  await commit(context, [
    {
      action: "Update",
      change: terms ? patch.set({ payments: terms }) : patch.remove(["payments"]),
      refused: () => new NotFound("organization", organizationId),
    },
  ]);
  context.memory.forget(organizationId);
}

/** A number or address of a clinic with a provider. */
export interface Sender {
  readonly provider: string;
  readonly channel: ChannelName;
  readonly sender: string;
}

/** The channels that people write back on; an e-mail address may be everybody's. */
const ANSWERED: readonly ChannelName[] = ["whatsapp", "sms"];

const sendersOf = (messaging: Messaging = {}): Sender[] =>
  ANSWERED.flatMap((channel) => {
    const chosen = messaging[channel];
    return chosen ? [{ ...chosen, channel }] : [];
  });

const keyOf = (context: Context, { provider, channel, sender }: Sender): string =>
  context.keys.derive("sender", provider, channel, sender);

const claimed = (context: Context, sender: Sender, organizationId: string): Write => ({
  action: "Put",
  change: SenderEntity.put({ senderKey: keyOf(context, sender), organizationId }).where(
    (stored, { notExists, eq }) =>
      `${notExists(stored.organizationId)} OR ${eq(stored.organizationId, organizationId)}`,
  ),
  refused: () => new Refusal("sender-taken", "Another clinic has this number.", { channel: sender.channel }),
});

/** The id of the clinic that people write to on this number, or `undefined` when it is no clinic's. */
export async function bySender(context: Context, sender: Sender): Promise<string | undefined> {
  const senderKey = keyOf(context, sender);
  const { data } = await SenderEntity.get({ senderKey }).go(context.table);
  return data?.organizationId;
}

/** The clinic with this id. Throws {@link NotFound}. */
export function get(context: Context, organizationId: string): Promise<Organization> {
  return context.memory.recall(organizationId, async () => {
    const { data } = await OrganizationEntity.get({ organizationId }).go(context.table);
    if (!data) throw new NotFound("organization", organizationId);
    return data as Organization;
  });
}

/** The clinic that a public address names. Throws {@link NotFound}. */
export async function bySlug(context: Context, slug: string): Promise<Organization> {
  const { data } = await SlugEntity.get({ slug }).go(context.table);
  if (!data) throw new NotFound("clinic", slug);
  return get(context, data.organizationId);
}

const ALL = "organizations";

/** The ids of all clinics: for jobs only, never for a request. A job may know of a new one half a minute late. */
export const allIds = (context: Context): Promise<string[]> =>
  context.memory.recall(ALL, async () => {
    const { data } = await OrganizationEntity.query
      .all({})
      .go({ ...context.table, pages: "all", attributes: ["organizationId"] });
    return data.map(({ organizationId }) => organizationId);
  });
