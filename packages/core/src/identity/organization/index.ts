export { allIds, askDeposits, bySender, bySlug, create, get, speakThrough } from "./organization.store.ts";
export { Organization, Slug } from "./organization.ts";
