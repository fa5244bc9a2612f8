import {
  Audit,
  type ChannelName,
  type Context,
  commit,
  type Instant,
  isConditionFailure,
} from "../../platform/index.ts";
import { ContactEntity } from "./contact.entity.ts";
import type { Contact } from "./contact.ts";

/** Under which a clinic and a phone in E.164 are kept. */
export const idOf = (context: Context, organizationId: string, phone: string): string =>
  context.keys.derive("contact", organizationId, phone);

/** How a phone stands with a clinic; one that nobody wrote from, where nothing is known. */
export async function of(context: Context, organizationId: string, phone: string): Promise<Contact> {
  const contactId = idOf(context, organizationId, phone);
  const { data } = await ContactEntity.get({ contactId }).go({ ...context.table, consistent: true });
  return { contactId, wroteAt: data?.wroteAt, isStopped: data?.isStopped ?? false };
}

interface Said {
  readonly organizationId: string;
  readonly phone: string;
  /** When it was written, by the provider's clock. */
  readonly at: Instant;
}

/** Notes that somebody wrote from this phone: by WhatsApp that opens its window. May be repeated, and come late. */
export async function wrote(
  context: Context,
  { organizationId, phone, channel, at }: Said & { readonly channel: ChannelName },
): Promise<void> {
  if (channel !== "whatsapp") return;
  try {
    await ContactEntity.update({ contactId: idOf(context, organizationId, phone) })
      .set({ organizationId, wroteAt: at })
      .where(({ wroteAt }, { notExists, lt }) => `${notExists(wroteAt)} OR ${lt(wroteAt, at)}`)
      .go(context.table);
  } catch (error) {
    if (!isConditionFailure(error)) throw error;
  }
}

/** Ends all messages of a clinic to this phone: WhatsApp, SMS and calls. May be repeated, and come late. */
export const stop = (context: Context, said: Said): Promise<void> => say(context, said, true);

/** Lets the clinic write to this phone again. */
export const start = (context: Context, said: Said): Promise<void> => say(context, said, false);

/** Said already, or something else was said later. */
class Outdated extends Error {}

async function say(context: Context, { organizationId, phone, at }: Said, isStopped: boolean): Promise<void> {
  const contactId = idOf(context, organizationId, phone);
  try {
    await commit(context, [
      {
        action: "Update",
        change: ContactEntity.update({ contactId })
          .set({ organizationId, isStopped, saidAt: at })
          .where(({ saidAt }, { notExists, lt }) => `${notExists(saidAt)} OR ${lt(saidAt, at)}`),
        refused: () => new Outdated(),
      },
      Audit.write({
        org: organizationId,
        about: contactId,
        entryId: context.newUlid(),
        action: isStopped ? "contact/stopped" : "contact/started",
        by: "patient",
        at,
      }),
    ]);
  } catch (error) {
    if (!(error instanceof Outdated)) throw error;
  }
}
