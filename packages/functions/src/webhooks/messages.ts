import { Organization, Patient } from "@turno/core/identity";
import { Delivery, Inbox } from "@turno/core/notifications";
import type { Context } from "@turno/core/platform";
import type { Incoming, Message, Receipt, Webhook } from "@turno/providers/webhooks";
import { type Receiver, receiverOf } from "./receiver.ts";

interface Options<Secrets> {
  readonly secrets: Secrets;
  /** Opens an address that says yes to a subscription. */
  readonly confirm?: (url: string) => Promise<void>;
}

/** Takes what a provider of messages tells: receipts, and what people write. */
export const messagesOf = <Secrets>(
  webhook: Webhook<Secrets>,
  { secrets, confirm = opened }: Options<Secrets>,
): Receiver =>
  receiverOf(webhook, secrets, {
    takeOne: (context, incoming) => takeOne(context, webhook.name, incoming, confirm),
    aboutOf,
  });

/** What one person writes keeps its order, and what becomes of one message. */
function aboutOf(incoming: Incoming): string {
  switch (incoming.kind) {
    case "receipt":
      return incoming.providerMessageId;
    case "message":
      return incoming.from;
    case "subscription":
    case "broken":
      return incoming.kind;
  }
}

/** Not every provider signs an id of the call: what one tells may come twice, and then changes nothing. */
async function takeOne(
  context: Context,
  provider: string,
  incoming: Incoming,
  confirm: (url: string) => Promise<void>,
): Promise<string | undefined> {
  switch (incoming.kind) {
    case "receipt":
      return settle(context, provider, incoming);
    case "message":
      return keep(context, provider, incoming);
    case "subscription":
      await confirm(incoming.url);
      return undefined;
    case "broken":
      return incoming.reason;
  }
}

async function settle(context: Context, provider: string, receipt: Receipt): Promise<undefined> {
  const { providerMessageId, reference, status, reason, at = context.now() } = receipt;
  await Delivery.receipt(context, { provider, providerMessageId, reference, status, reason, at });
}

async function keep(context: Context, provider: string, message: Message): Promise<string | undefined> {
  const { providerMessageId, channel, text, attachment, media, answers: quotes } = message;
  const organizationId = await clinicOf(context, provider, message);
  if (!organizationId) return "a message to a number of no clinic";
  const patients = await Patient.byPhone(context, organizationId, message.from);
  await Inbox.receive(context, {
    ...{ organizationId, provider, providerMessageId, channel, text, attachment },
    ...(media && { media }),
    // As the clinic writes it, which may not be as the provider does.
    from: patients[0]?.patientPhone ?? message.from,
    patientIds: patients.map(({ patientId }) => patientId),
    ...(quotes && { quotes, answers: await Inbox.quoted(context, { organizationId, provider, quotes }) }),
    receivedAt: message.at ?? context.now(),
  });
  return undefined;
}

async function clinicOf(
  context: Context,
  provider: string,
  { channel, to }: Message,
): Promise<string | undefined> {
  for (const sender of to) {
    const organizationId = await Organization.bySender(context, { provider, channel, sender });
    if (organizationId) return organizationId;
  }
  return undefined;
}

const TIMEOUT_MS = 5_000;

async function opened(url: string): Promise<void> {
  const { ok, status } = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!ok) throw new Error(`The subscription was not confirmed: ${status}.`);
}
