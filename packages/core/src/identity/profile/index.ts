export {
  calendarsOf,
  clinicPage,
  create,
  get,
  moveToZone,
  ofOrganization,
  practice,
  published,
  zonesOf,
} from "./profile.store.ts";
export { Profile, PublicProfile } from "./profile.ts";
