import type { Role as RoleSchema } from "@turno/core/schemas";
import type * as z from "zod";

export type Role = z.infer<typeof RoleSchema>;

/** Who may call a route. Which things of the clinic they may touch is for the domain to say. */
export type Access =
  /** Anybody; credentials are not looked at. */
  | { readonly kind: "public" }
  /** Anybody; whoever signs in is served as staff. */
  | { readonly kind: "public-or-staff" }
  /** The patient who holds the link to the appointment, or staff. */
  | { readonly kind: "link-or-staff" }
  /** A provider that signs its calls; the body is taken as it came. */
  | { readonly kind: "signature" }
  /** Staff with one of the roles; with any role when none are named. */
  | { readonly kind: "staff"; readonly roles: readonly Role[] };

export const anybody = { kind: "public" } as const;
export const anybodyOrStaff = { kind: "public-or-staff" } as const;
export const linkOrStaff = { kind: "link-or-staff" } as const;
export const provider = { kind: "signature" } as const;
export const staff = (...roles: Role[]) => ({ kind: "staff", roles }) as const;

/** Those who run a calendar: its practitioners, and admins. */
export const practitioners = staff("doctor", "therapist", "admin");
