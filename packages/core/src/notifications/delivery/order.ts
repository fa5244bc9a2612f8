import type { ChannelName, Language, Messaging, QuietHours, Zone } from "../../platform/index.ts";
import type { TemplateName, VariablesOf } from "../template/index.ts";

/** Where a person can be reached; the browser that a patient chose for push messages is among their preferences. */
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
  /** Whose preferences count, where it goes to a patient. */
  readonly patientId?: string;
  readonly recipient: "patient" | "doctor";
  readonly template: Name;
  readonly language: Language;
  /** Whose wall clock the times are written for, and the quiet hours go by. */
  readonly zone: Zone;
  /** Set when that is not the clinic's zone. */
  readonly nameZone?: boolean;
  readonly addresses: Addresses;
  /** For an answer: the channel that the person wrote by, on which alone it makes sense. */
  readonly via?: ChannelName;
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
  /** The clinic's, for what can wait until morning. */
  readonly quietHours: QuietHours;
}

/** Everything about an order but what it says. */
export type Envelope = Omit<Order<TemplateName>, "variables">;
