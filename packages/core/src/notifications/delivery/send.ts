import { type Context, epochMillis, type Instant, idFrom, utcDateOf } from "../../platform/index.ts";
import { type Channels, type FailureReason, TryLater, Undeliverable } from "../channel/index.ts";
import * as Contact from "../contact/index.ts";
import * as Preference from "../preference/index.ts";
import { renderFor, type TemplateName } from "../template/index.ts";
import { type Changed, change, find, type Key, keep, type Row } from "./notification.store.ts";
import type { Envelope, Order } from "./order.ts";
import { begun, channelFor, givenUp, postponed } from "./progress.ts";
import { apply } from "./receipt.ts";
import * as Reference from "./reference.ts";
import { planFor, type Route } from "./route.ts";
import * as Sent from "./sent.store.ts";
import { fail } from "./settle.ts";
import { lacksConsent, type Standing, standingOf, waitsUntil } from "./standing.ts";

/** What became of it. */
export type Outcome =
  | { readonly status: "sent" | "already-sent"; readonly notificationId: string }
  | { readonly status: "failed"; readonly notificationId: string; readonly reason: FailureReason }
  /** It can wait, and the person or the clinic has quiet hours: nothing was sent. */
  | { readonly status: "quiet"; readonly until: Instant };

/**
 * Sends a message once, however often it is called: by the first channel that works.
 *
 * The row comes before the message and tells of each attempt before it is made. Who finds one under way makes it again,
 * under the same key, and tells the provider that it may have been made; where a receipt alone proves that, when it has
 * had its time. Another channel is taken only when nothing can have gone out. Throws {@link TryLater}, the row still
 * pending, when another call may succeed.
 */
export async function send<Name extends TemplateName>(
  context: Context,
  channels: Channels,
  order: Order<Name>,
): Promise<Outcome> {
  const standing = await standingOf(context, order);
  const key = keyOf(context, order);
  const until = waitsUntil(order, standing, context.now());
  if (until) {
    const known = await find(context, key);
    return (known && outcomeOf(known)) ?? { status: "quiet", until };
  }
  const plan = planFor(order, standing, channels);
  const isUnwanted = lacksConsent(order.template, standing);
  const routes = isUnwanted ? [] : plan.routes;
  let { row, isMine } = await keep(context, firstRow(context, order, { key, routes }));
  for (;;) {
    const outcome = outcomeOf(row);
    if (outcome) return outcome;
    const names = routes.map(({ channelName }) => channelName);
    const channel = channelFor(row, names);
    const route = routes.find(({ channelName }) => channelName === channel);
    if (!route || !channel) {
      const why = isUnwanted ? "no-consent" : plan.isStopped ? "opted-out" : "no-channel";
      ({ row } = await fail(context, row, row.tried.at(-1)?.reason ?? why));
      continue;
    }
    if (!row.isOpen || row.channel !== channel) {
      const beginning = { ...begun(row, channel), ...tracesOf(route), begunAt: context.now() };
      ({ row, isMine } = await change(context, row, beginning));
      continue;
    }
    const mayHaveBeenSent = !isMine;
    const begunAt = row.begunAt ?? row.createdAt;
    const isRepeat = mayHaveBeenSent && route.channel.provesByReceipt;
    if (isRepeat) {
      const repeated = await repeat(context, row, begunAt);
      row = repeated.row;
      if (!repeated.isMine) continue;
    }
    const answer = await attempt(context, order, {
      row,
      route,
      standing,
      ...(mayHaveBeenSent && { since: begunAt }),
    });
    if (answer instanceof TryLater) {
      // No receipt will come of what was refused, and that of the attempt before it has had its time.
      if (isRepeat && !answer.unclear) await change(context, row, { begunAt });
      if (answer.unclear || mayHaveBeenSent) throw afterReceipt(route, answer);
      const later = postponed(row, channel, names);
      ({ row, isMine } = await change(context, row, later));
      if (!("tried" in later)) throw answer;
    } else if (answer instanceof Undeliverable) {
      const { reason } = answer;
      if (reason === "wrong-number") await forget(context, order, route);
      ({ row, isMine } = await change(context, row, givenUp(row, { channel, reason })));
    } else {
      const sent = await settle(context, row, { ...route, ...answer });
      if (sent) return { status: "sent", notificationId: row.notificationId };
      ({ row, isMine } = { row: (await find(context, row)) ?? row, isMine: false });
    }
  }
}

/** What came of it earlier, unless it is still to be sent. */
function outcomeOf({ notificationId, status, reason = "refused" }: Row): Outcome | undefined {
  switch (status) {
    case "PENDING":
      return undefined;
    case "SENT":
    case "DELIVERED":
      return { status: "already-sent", notificationId };
    case "FAILED":
      return { status: "failed", notificationId, reason };
  }
}

/** Receipts come within seconds of a message that was taken. One that comes later cannot keep it from going out twice. */
const RECEIPT_SECONDS = 120;

/**
 * Begins an attempt again whose receipt has had time to come, so that of two who would one does. Throws
 * {@link TryLater} until then: whoever began it may have gone away with the message under way.
 */
function repeat(context: Context, row: Row, begunAt: Instant): Promise<Changed> {
  const now = context.now();
  const seconds = (epochMillis(now) - epochMillis(begunAt)) / 1000;
  if (seconds < RECEIPT_SECONDS) throw new TryLater("timeout", Math.ceil(RECEIPT_SECONDS - seconds));
  return change(context, row, { begunAt: now });
}

/** The failure, and to be tried again no sooner than the receipt would have come that alone makes it clear. */
const afterReceipt = ({ channel }: Route, failure: TryLater): TryLater =>
  channel.provesByReceipt && failure.unclear
    ? new TryLater(failure.reason, Math.max(RECEIPT_SECONDS, failure.retryAfterSeconds ?? 0), true)
    : failure;

interface Attempt {
  readonly row: Row;
  readonly route: Route;
  readonly standing: Standing;
  /** When it was begun, where it is made again. */
  readonly since?: Instant;
}

/** Hands the message to the provider. Throws what a provider does not foresee. */
async function attempt<Name extends TemplateName>(
  context: Context,
  { template, language, zone, nameZone, variables }: Order<Name>,
  { row, route, standing: { preference, contact }, since }: Attempt,
): Promise<{ readonly providerMessageId: string } | TryLater | Undeliverable> {
  const { notificationId } = row;
  const { channelName, channel, sender, to } = route;
  const reading = { language, detail: preference.detail ?? "full" };
  try {
    return await channel.send({
      idempotencyKey: `${notificationId}.${channelName}`,
      reference: Reference.write(targetOf(row, route)),
      ...{ channel: channelName, to, sender, language },
      ...renderFor(channelName, template, reading, { zone, nameZone }, variables),
      ...(channelName === "whatsapp" && {
        windowOpen: contact !== undefined && Contact.isWindowOpen(contact, context.now()),
      }),
      ...(since && { mayHaveBeenSent: { since } }),
    });
  } catch (error) {
    if (error instanceof TryLater || error instanceof Undeliverable) return error;
    throw error;
  }
}

const targetOf = ({ under, notificationId }: Row, { channelName: channel }: Route): Reference.Target => ({
  ...{ under, notificationId, channel },
});

/** A browser that its push service has forgotten is nobody's any more. */
async function forget(
  context: Context,
  { organizationId, patientId }: Envelope,
  { channelName, to }: Route,
): Promise<void> {
  if (patientId && channelName === "push") {
    await Preference.forgetDevice(context, { organizationId, patientId }, to);
  }
}

/** Marks the message as sent; `false` when there is news of it already. */
async function settle(
  context: Context,
  row: Row,
  { providerMessageId, ...route }: Route & { readonly providerMessageId: string },
): Promise<boolean> {
  const target = targetOf(row, route);
  const message = { provider: route.provider, providerMessageId };
  const { reports } = await Sent.note(context, message, { target });
  const set = { status: "SENT", sentAt: context.now(), providerMessageId, isOpen: false } as const;
  const { isMine } = await change(context, row, set);
  for (const report of reports) await apply(context, target, { ...report, providerMessageId });
  return isMine && reports.length === 0;
}

/** Template and occasion tell the messages about one thing apart. */
function keyOf(
  context: Context,
  { organizationId, appointmentId, about, template, occasion }: Envelope,
): Key {
  const id = context.keys.derive("notification", organizationId, about, template, occasion);
  return { under: appointmentId ?? about, notificationId: idFrom("notification", id) };
}

/** What the row tells of a route. */
const tracesOf = ({ channelName: channel, provider, to }: Route) => ({
  channel,
  provider,
  to: masked(channel, to),
});

const masked = (channel: Route["channelName"], address: string): string =>
  channel === "push" ? "…" : `…${address.slice(-4)}`;

interface Start {
  readonly key: Key;
  readonly routes: readonly Route[];
}

function firstRow(context: Context, order: Envelope, { key, routes }: Start): Row {
  const { organizationId, profileId, appointmentId, patientId, about, template, occasion } = order;
  const createdAt = context.now();
  const [first] = routes;
  return {
    ...key,
    ...{ organizationId, profileId, about, template, occasion },
    ...(appointmentId && { appointmentId }),
    ...(patientId && { patientId }),
    recipient: order.recipient,
    language: order.language,
    date: utcDateOf(createdAt),
    createdAt,
    status: "PENDING",
    ...(first && tracesOf(first)),
    routes: routes.map(({ channelName }) => channelName),
    tried: [],
    failures: 0,
    isOpen: first !== undefined,
    version: 1,
  };
}
