import type { Appointment, Waitlist } from "@turno/core/booking";
import { Link } from "@turno/core/identity";
import type { Desk } from "../desk.ts";

type Site = Pick<Desk, "context" | "webUrl">;

/** The patient's own page of an appointment. What opens it is behind the #, which reaches no server's log. */
export const patientLink = ({ context, webUrl }: Site, appointment: Appointment.Appointment): string =>
  `${webUrl}/visit#${Link.write(context, appointment)}`;

/** The patient's place on the waiting list; it opens the same way. */
export const waitlistLink = ({ context, webUrl }: Site, entry: Waitlist.Entry): string =>
  `${webUrl}/waitlist#${Link.write(context, { ...entry, end: entry.until })}`;

/** Where anybody chooses a time with this profile. */
export const bookingLink = ({ webUrl }: Site, profileId: string): string => `${webUrl}/book/${profileId}`;

/** Where somebody arrives who has paid: it opens nothing, since the provider of payments reads it. */
export const paidLink = ({ webUrl }: Pick<Site, "webUrl">): string => `${webUrl}/paid`;

/** Where signed-in staff decide. */
export const requestLink = ({ webUrl }: Site, requestId: string): string => `${webUrl}/requests/${requestId}`;
