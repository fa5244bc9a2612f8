import { type Context, commit, NotFound, Refusal, unexpected } from "../../platform/index.ts";
import { OrganizationEntity, SlugEntity } from "./organization.entity.ts";
import type { Organization } from "./organization.ts";

/** Opens a clinic. Throws `slug-taken` when another has the slug. */
export async function create(context: Context, organization: Organization): Promise<void> {
  const { slug, organizationId } = organization;
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
  ]);
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

/** The ids of all clinics: for jobs only, never for a request. */
export async function allIds(context: Context): Promise<string[]> {
  const { data } = await OrganizationEntity.query
    .all({})
    .go({ ...context.table, pages: "all", attributes: ["organizationId"] });
  return data.map(({ organizationId }) => organizationId);
}
