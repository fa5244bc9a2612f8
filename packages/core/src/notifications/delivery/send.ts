import { type Context, type Instant, idFrom } from "../../platform/index.ts";
import type { Channels, FailureReason } from "../channel/index.ts";
import { Undeliverable } from "../channel/index.ts";
import { render, type TemplateName } from "../template/index.ts";
import { keep, type Row, settle } from "./notification.store.ts";
import type { Order } from "./order.ts";
import { type Route, routesTo } from "./route.ts";

/** What became of it. */
export type Outcome =
  | { readonly status: "sent" | "already-sent"; readonly notificationId: string }
  | { readonly status: "failed"; readonly notificationId: string; readonly reason: FailureReason }
  /** The person has quiet hours: nothing was sent. */
  | { readonly status: "quiet"; readonly until: Instant };

/**
 * Sends a message once, however often it is called.
 *
 * The row comes before the message: who finds it pending sends again under the same key, which the provider knows.
 * Throws {@link TryLater}, the row still pending, when another call may succeed.
 */
export async function send<Name extends TemplateName>(
  context: Context,
  channels: Channels,
  order: Order<Name>,
): Promise<Outcome> {
  const { template, language, zone, nameZone, variables } = order;
  const rendered = render(template, language, { zone, nameZone }, variables);
  const [route] = routesTo(order.addresses, order.messaging, channels);
  const row = await keep(context, pending(context, order, route));
  const { notificationId, status, reason } = row;
  if (status === "SENT") return { notificationId, status: "already-sent" };
  if (status === "FAILED") return { notificationId, status: "failed", reason: reason! };
  if (!route) return failed(context, row, "no-channel");
  try {
    const { providerMessageId } = await route.channel.send({
      idempotencyKey: `${notificationId}.${route.channelName}`,
      reference: `${notificationId}-${row.under}-${route.channelName}`,
      channel: route.channelName,
      to: route.to,
      sender: route.sender,
      language: row.language,
      template,
      parameters: rendered.parameters,
      ...(hasSubject(route) && { subject: rendered.subject }),
      body: rendered.body,
    });
    await settle(context, row, { status: "SENT", sentAt: context.now(), providerMessageId });
    return { notificationId, status: "sent" };
  } catch (error) {
    if (!(error instanceof Undeliverable)) throw error;
    return failed(context, row, error.reason);
  }
}

async function failed(context: Context, row: Row, reason: FailureReason): Promise<Outcome> {
  await settle(context, row, { status: "FAILED", failedAt: context.now(), reason });
  return { notificationId: row.notificationId, status: "failed", reason };
}

const hasSubject = ({ channelName }: Route): boolean => channelName === "email" || channelName === "push";

function pending<Name extends TemplateName>(context: Context, order: Order<Name>, route?: Route): Row {
  const { organizationId, appointmentId, patientId, about, template, occasion } = order;
  const id = context.keys.derive("notification", organizationId, about, template, occasion);
  const createdAt = context.now();
  return {
    under: appointmentId ?? about,
    about,
    notificationId: idFrom("notification", id),
    organizationId,
    profileId: order.profileId,
    ...(appointmentId && { appointmentId }),
    ...(patientId && { patientId }),
    template,
    occasion,
    recipient: order.recipient,
    language: order.language,
    ...(route && { channel: route.channelName, provider: route.channel.name, to: masked(route.to) }),
    date: utcDateOf(createdAt),
    createdAt,
    status: "PENDING",
  };
}

const masked = (address: string): string => `…${address.slice(-4)}`;

const utcDateOf = (instant: Instant): string => instant.slice(0, 10);
