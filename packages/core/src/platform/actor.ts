import { Forbidden, NotFound } from "./refusal.ts";

export type Role = "doctor" | "therapist" | "nurse" | "admin";

export interface Staff {
  readonly kind: "staff";
  readonly organizationId: string;
  readonly memberId: string;
  readonly roles: readonly Role[];
  /** The profiles whose patients this member cares for; a practitioner's own profile is one of them. */
  readonly careTeams: readonly string[];
}

/** The holder of a signed link: sees one booking of one clinic, and nothing else. */
export interface PatientLink {
  readonly kind: "patient";
  readonly organizationId: string;
  /** The ULID that a request and the reservation it becomes share. */
  readonly appointmentId: string;
}

/** Who asks. Everything that limits what may be seen or done, the tenant above all, is taken from here. */
export type Actor =
  | { readonly kind: "public" }
  | PatientLink
  | Staff
  /** A workflow, acting inside the clinic of the thing it was told about. */
  | { readonly kind: "system" };

/** What an audit row or an event says of who did it. */
export const nameOf = (actor: Actor): string => {
  switch (actor.kind) {
    case "staff":
      return actor.memberId;
    case "patient":
      return "patient";
    case "public":
      return "public";
    case "system":
      return "system";
  }
};

interface Owned {
  readonly organizationId: string;
  readonly profileId: string;
}

const isAdmin = (actor: Staff): boolean => actor.roles.includes("admin");

const practises = (actor: Staff): boolean =>
  actor.roles.includes("doctor") || actor.roles.includes("therapist");

/** Refuses whoever is not staff of the clinic. Throws {@link NotFound} for another tenant, {@link Forbidden} otherwise. */
export function requireStaff(actor: Actor, organizationId: string, what: string, id: string): void {
  if (actor.kind === "system") return;
  if (actor.kind !== "staff") throw new Forbidden();
  if (actor.organizationId !== organizationId) throw new NotFound(what, id);
}

/** The clinic that an admin acts for. Throws {@link Forbidden} for everybody else. */
export function requireAdmin(actor: Actor): string {
  if (actor.kind !== "staff" || !isAdmin(actor)) throw new Forbidden("Only an admin may do this.");
  return actor.organizationId;
}

/**
 * Refuses whoever may not run this calendar: its own practitioners and the clinic's admins may.
 *
 * Throws {@link NotFound} for another tenant, {@link Forbidden} otherwise.
 */
export function requireCalendar(actor: Actor, owned: Owned, what: string, id: string): void {
  requireStaff(actor, owned.organizationId, what, id);
  if (actor.kind !== "staff" || isAdmin(actor)) return;
  if (!practises(actor) || !actor.careTeams.includes(owned.profileId)) {
    throw new Forbidden("Only this calendar's practitioner or an admin may do this.");
  }
}

/** Whether this is somebody of the profile's care team, or an admin of its clinic. */
export const isCareTeam = (actor: Actor, { organizationId, profileId }: Owned): boolean =>
  actor.kind === "staff" &&
  actor.organizationId === organizationId &&
  (isAdmin(actor) || actor.careTeams.includes(profileId));

/**
 * Refuses whoever is not of the profile's care team: clinical data is for those who care for the patient, and admins.
 *
 * Throws {@link NotFound} for another tenant, {@link Forbidden} otherwise.
 */
export function requireCareTeam(actor: Actor, owned: Owned, what: string, id: string): void {
  requireStaff(actor, owned.organizationId, what, id);
  if (actor.kind === "system" || isCareTeam(actor, owned)) return;
  throw new Forbidden("Only the care team may see this.");
}

/**
 * Refuses whoever has no part in this appointment: the patient who holds its link, its care team, and admins.
 *
 * A link to another appointment gets {@link NotFound}, as another tenant does.
 */
export function requireParty(
  actor: Actor,
  owned: Owned & { readonly appointmentId: string },
  what: string,
  id: string,
): void {
  if (actor.kind !== "patient") {
    requireCareTeam(actor, owned, what, id);
    return;
  }
  if (actor.appointmentId !== owned.appointmentId || actor.organizationId !== owned.organizationId) {
    throw new NotFound(what, id);
  }
}
