export { Member, Role } from "./member/member.ts";
export { Organization, Slug } from "./organization/organization.ts";
export { Patient, PatientEdit } from "./patient/patient.ts";
export { Profile, PublicProfile } from "./profile/profile.ts";
