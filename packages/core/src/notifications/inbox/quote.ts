import type { Context } from "../../platform/index.ts";
import * as Delivery from "../delivery/index.ts";
import { identify } from "./message.store.ts";
import type { Answered, Message } from "./message.ts";

interface Quote {
  readonly organizationId: string;
  readonly provider: string;
  /** What the provider calls the message that is answered. */
  readonly quotes: string;
}

/** The message of this clinic's that somebody answers, if it is known. */
export async function quoted(
  context: Context,
  { organizationId, provider, quotes }: Quote,
): Promise<Answered | undefined> {
  const found = await Delivery.find(context, { provider, providerMessageId: quotes });
  if (found?.organizationId !== organizationId) return undefined;
  const { template, about, appointmentId, recipient } = found;
  return { template, about, recipient, ...(appointmentId && { appointmentId }) };
}

/**
 * Looks for the message that a message answers, and notes it: what its provider calls it may be learned after the answer,
 * where the provider's own answer got lost. Says whether all is known that can be. May be repeated.
 */
export async function learnQuote(context: Context, message: Message): Promise<boolean> {
  const { messageId, organizationId, provider, quotes, answers: known } = message;
  if (!quotes || known) return true;
  const answers = await quoted(context, { organizationId, provider, quotes });
  if (!answers) return false;
  await identify(context, messageId, answers);
  return true;
}
