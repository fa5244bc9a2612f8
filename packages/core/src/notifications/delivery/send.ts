import { type Context, type Instant, idFrom, type Language, type Zone } from "../../platform/index.ts";
import type { Channel, ChannelName, FailureReason } from "../channel/index.ts";
import { Undeliverable } from "../channel/index.ts";
import { render, type TemplateName, type VariablesOf } from "../template/index.ts";
import { keep, type Row, settle } from "./notification.store.ts";

/** A message to one person on one occasion. */
export interface Order<Name extends TemplateName> {
  readonly organizationId: string;
  readonly profileId: string;
  readonly appointmentId?: string;
  readonly patientId?: string;
  readonly recipient: "patient" | "doctor";
  /** The id of what the message is about; with template and occasion it tells one message from another. */
  readonly about: string;
  /** Why it is sent now, for a template that is sent more than once: `24h`, `half-time`, the time moved to. */
  readonly occasion: string;
  readonly template: Name;
  readonly language: Language;
  /** Whose wall clock the times are written for. */
  readonly zone: Zone;
  /** Set when that is not the clinic's zone. */
  readonly nameZone?: boolean;
  readonly to: string;
  readonly channelName: ChannelName;
  readonly variables: VariablesOf<Name>;
}

/** What became of it. */
export type Outcome = { readonly notificationId: string } & (
  | { readonly status: "sent" | "already-sent" }
  | { readonly status: "failed"; readonly reason: FailureReason }
);

/**
 * Sends a message once, however often it is called.
 *
 * The row comes before the message: who finds it pending sends again under the same key, which the provider knows.
 * Throws {@link TryLater}, the row still pending, when another call may succeed.
 */
export async function send<Name extends TemplateName>(
  context: Context,
  channel: Channel,
  order: Order<Name>,
): Promise<Outcome> {
  const { template, language, zone, nameZone, variables } = order;
  const rendered = render(template, language, { zone, nameZone }, variables);
  const row = await keep(context, pending(context, channel, order));
  const { notificationId, status, reason } = row;
  if (status === "SENT") return { notificationId, status: "already-sent" };
  if (status === "FAILED") return { notificationId, status: "failed", reason: reason! };
  try {
    const { providerMessageId } = await channel.send({
      idempotencyKey: notificationId,
      channel: row.channel,
      to: order.to,
      language: row.language,
      template,
      ...(row.channel === "email" && { subject: rendered.subject }),
      body: rendered.body,
    });
    await settle(context, row, { status: "SENT", sentAt: context.now(), providerMessageId });
    return { notificationId, status: "sent" };
  } catch (error) {
    if (!(error instanceof Undeliverable)) throw error;
    await settle(context, row, { status: "FAILED", failedAt: context.now(), reason: error.reason });
    return { notificationId, status: "failed", reason: error.reason };
  }
}

function pending<Name extends TemplateName>(context: Context, channel: Channel, order: Order<Name>): Row {
  const { organizationId, appointmentId, patientId, about, template, occasion } = order;
  const id = context.keys.derive("notification", organizationId, about, template, occasion);
  const createdAt = context.now();
  return {
    under: appointmentId ?? about,
    notificationId: idFrom("notification", id),
    organizationId,
    profileId: order.profileId,
    ...(appointmentId && { appointmentId }),
    ...(patientId && { patientId }),
    template,
    occasion,
    recipient: order.recipient,
    language: order.language,
    channel: order.channelName,
    provider: channel.name,
    to: masked(order.to),
    date: utcDateOf(createdAt),
    createdAt,
    status: "PENDING",
  };
}

const masked = (address: string): string => `…${address.slice(-4)}`;

const utcDateOf = (instant: Instant): string => instant.slice(0, 10);
