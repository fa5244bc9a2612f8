export { actor, add, byEmail } from "./member.store.ts";
export { Member, Role } from "./member.ts";
