import { type Context, type Instant, quietUntil } from "../../platform/index.ts";
import * as Contact from "../contact/index.ts";
import * as Preference from "../preference/index.ts";
import { mannerOf, type TemplateName } from "../template/index.ts";
import type { Envelope } from "./order.ts";

/** How the person of an order stands with the clinic: what they chose, and what they said to stop. */
export interface Standing {
  readonly preference: Preference.Known;
  readonly contact?: Contact.Contact;
}

type Person = Pick<Envelope, "organizationId" | "patientId" | "recipient" | "addresses">;

/** Staff choose nothing yet. */
export async function standingOf(
  context: Context,
  { organizationId, patientId, recipient, addresses: { phone } }: Person,
): Promise<Standing> {
  const [preference, contact] = await Promise.all([
    recipient === "patient" && patientId
      ? Preference.of(context, { organizationId, patientId })
      : { version: 0 },
    phone === undefined ? undefined : Contact.of(context, organizationId, phone),
  ]);
  return { preference, ...(contact && { contact }) };
}

/** Until when a message is to wait; `undefined` when it may go out now. */
export function waitsUntil(
  { template, zone, quietHours }: Pick<Envelope, "template" | "zone" | "quietHours">,
  { preference }: Standing,
  now: Instant,
): Instant | undefined {
  const own = preference.quietHours ? [preference.quietHours] : [];
  switch (mannerOf(template).pace) {
    case "at-once":
      return undefined;
    case "considerate":
      return quietUntil(now, zone, ...own);
    case "daytime":
      return quietUntil(now, zone, ...own, quietHours);
  }
}

interface Patient extends Pick<Envelope, "zone" | "quietHours"> {
  readonly organizationId: string;
  readonly patientId: string;
}

/** Until when a message would wait that is not written yet; `undefined` when it might go out now. */
export async function quietFor(
  context: Context,
  template: TemplateName,
  patient: Patient,
): Promise<Instant | undefined> {
  const preference = await Preference.of(context, patient);
  return waitsUntil({ ...patient, template }, { preference }, context.now());
}

/** Whether it is something that this person has not agreed to. */
export const lacksConsent = (template: TemplateName, { preference }: Standing): boolean =>
  mannerOf(template).purpose === "outreach" && !preference.outreach?.given;
