export { allIds, bySlug, create, get } from "./organization.store.ts";
export { Organization, Slug } from "./organization.ts";
