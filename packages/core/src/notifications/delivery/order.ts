import type { Language, Messaging, Zone } from "../../platform/index.ts";
import type { TemplateName, VariablesOf } from "../template/index.ts";

/** Where a person can be reached. */
export interface Addresses {
  /** In E.164: for WhatsApp, SMS and voice. */
  readonly phone?: string;
  readonly email?: string;
}

/** What is said to one person. */
export interface Letter<Name extends TemplateName> {
  readonly organizationId: string;
  readonly profileId: string;
  readonly appointmentId?: string;
  readonly patientId?: string;
  readonly recipient: "patient" | "doctor";
  readonly template: Name;
  readonly language: Language;
  /** Whose wall clock the times are written for. */
  readonly zone: Zone;
  /** Set when that is not the clinic's zone. */
  readonly nameZone?: boolean;
  readonly addresses: Addresses;
  readonly variables: VariablesOf<Name>;
}

/** A letter that is to go out on one occasion. */
export interface Order<Name extends TemplateName> extends Letter<Name> {
  /** The id of what it is about; with template and occasion it tells one message from another. */
  readonly about: string;
  /** Why it is sent now: the workflow and its step, and which one where a step sends several. */
  readonly occasion: string;
  /** The channels that the clinic speaks through. */
  readonly messaging: Messaging;
}
