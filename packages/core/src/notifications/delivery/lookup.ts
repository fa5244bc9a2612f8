import type { Context } from "../../platform/index.ts";
import * as Store from "./notification.store.ts";
import * as Sent from "./sent.store.ts";
import { fail } from "./settle.ts";

/** A message that was sent, as whoever gets an answer to it needs it. */
export interface Known {
  readonly notificationId: string;
  readonly organizationId: string;
  readonly profileId: string;
  readonly appointmentId?: string;
  readonly patientId?: string;
  readonly recipient: "patient" | "doctor";
  /** The id of what it is about. */
  readonly about: string;
  readonly template: string;
  readonly occasion: string;
}

/** The message that a reply answers, by what its provider calls it. */
export async function find(context: Context, message: Sent.ProviderMessage): Promise<Known | undefined> {
  const { target } = await Sent.find(context, message);
  const row = target && (await Store.find(context, target));
  return row && known(row);
}

/** How events name a message. */
export interface Named {
  readonly notificationId: string;
  readonly about: string;
  readonly appointmentId?: string;
}

const rowOf = (context: Context, { notificationId, about, appointmentId }: Named) =>
  Store.find(context, { notificationId, under: appointmentId ?? about });

/** A message that is still to go out; `undefined` once it has, or never will. */
export async function pending(context: Context, named: Named): Promise<Known | undefined> {
  const row = await rowOf(context, named);
  return row?.status === "PENDING" ? known(row) : undefined;
}

/** Ends a message that has nothing to say any more, after a channel that did not work. May be repeated. */
export async function abandon(context: Context, named: Named): Promise<void> {
  for (;;) {
    const row = await rowOf(context, named);
    const last = row?.tried.at(-1);
    // An attempt that is under way may have gone out.
    if (row?.status !== "PENDING" || row.isOpen || !last) return;
    if ((await fail(context, row, last.reason)).isMine) return;
  }
}

const known = (row: Store.Row): Known => ({
  notificationId: row.notificationId,
  organizationId: row.organizationId,
  profileId: row.profileId,
  ...(row.appointmentId && { appointmentId: row.appointmentId }),
  ...(row.patientId && { patientId: row.patientId }),
  recipient: row.recipient,
  about: row.about,
  template: row.template,
  occasion: row.occasion,
});
