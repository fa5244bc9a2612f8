export {
  calendarsOf,
  clinicPage,
  create,
  get,
  moveToZone,
  ofOrganization,
  practice,
  published,
} from "./profile.store.ts";
export { Profile, PublicProfile } from "./profile.ts";
