import * as z from "zod";
import { idOf } from "../../platform/schemas.ts";

export const Role = z.enum(["doctor", "therapist", "nurse", "admin"]);

/** A person who signs in: the roles they hold in one clinic. Any OIDC issuer may vouch for the address. */
export const Member = z.object({
  memberId: idOf("member"),
  organizationId: idOf("organization"),
  email: z.email(),
  name: z.string().min(1).max(120),
  roles: z.array(Role).min(1),
  /** The profiles whose patients they care for; a practitioner's own is one of them. */
  careTeams: z.array(idOf("profile")),
});

export type Member = z.infer<typeof Member>;
