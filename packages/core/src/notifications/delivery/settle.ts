import { type Context, type Instant, Outbox, type Write } from "../../platform/index.ts";
import type { FailureReason } from "../channel/index.ts";
import { type Changed, change, type Row } from "./notification.store.ts";

const system = { kind: "system" } as const;

/** Ends a message that no channel is left for. */
export function fail(context: Context, row: Row, reason: FailureReason): Promise<Changed> {
  const at = context.now();
  const set = { status: "FAILED", reason, failedAt: at, isOpen: false } as const;
  const { channel = "none" } = row;
  return change(context, row, set, [tellFailed(context, row, { channel, reason, at, isFinal: true })]);
}

interface Failure {
  readonly channel: string;
  readonly reason: FailureReason;
  readonly at: Instant;
  /** Whether no other channel is left. */
  readonly isFinal: boolean;
}

/** The write that tells that a channel did not work. */
export const tellFailed = (context: Context, row: Row, { at, ...failure }: Failure): Write =>
  Outbox.tell(context, system, {
    organizationId: row.organizationId,
    about: row.about,
    events: ["notification/failed"],
    data: { ...named(row), ...failure, failedAt: at },
  });

interface Arrival {
  readonly channel: string;
  readonly providerMessageId: string;
  readonly deliveredAt: Instant;
}

/** The write that tells that a message arrived. */
export const tellDelivered = (context: Context, row: Row, arrival: Arrival): Write =>
  Outbox.tell(context, system, {
    organizationId: row.organizationId,
    about: row.about,
    events: ["notification/delivered"],
    data: { ...named(row), ...arrival },
  });

const named = ({ notificationId, organizationId, about, appointmentId, template }: Row) => ({
  ...{ notificationId, organizationId, about, template },
  ...(appointmentId && { appointmentId }),
});
