import * as z from "zod";
import { ChannelName, Instant, InstantInput, idOf, ULID_REGEX } from "../../platform/schemas.ts";
import { FailureReason } from "../channel/failure.ts";

export const DeliveryStatus = z.enum(["PENDING", "SENT", "DELIVERED", "FAILED"]).meta({
  description:
    "PENDING until a provider has accepted the message; DELIVERED when it says that it arrived; FAILED when no channel is left",
});
export type DeliveryStatus = z.infer<typeof DeliveryStatus>;

/** One line of the delivery log: that a message was sent, never what it said or to which address. */
export const Notification = z.object({
  notificationId: idOf("notification"),
  template: z.string(),
  /** Left out when there was none to send through. */
  channel: ChannelName.optional(),
  status: DeliveryStatus,
  recipient: z.enum(["patient", "doctor"]),
  patientId: idOf("patient").optional(),
  appointmentId: z
    .string()
    .regex(new RegExp(`^${ULID_REGEX}$`))
    .optional()
    .meta({ description: "The ULID that a request and its reservation share" }),
  createdAt: Instant,
  tried: z
    .array(z.object({ channel: ChannelName, reason: FailureReason }))
    .meta({ description: "Channels that did not work before this one" }),
  sentAt: Instant.optional(),
  deliveredAt: Instant.optional(),
  providerMessageId: z.string().optional(),
  reason: FailureReason.optional(),
});
export type Notification = z.infer<typeof Notification>;

/** What the log is asked: the messages made from `from` up to, but not including, `to`. */
export const NotificationQuery = z.object({
  patientId: idOf("patient").optional(),
  status: DeliveryStatus.optional(),
  from: InstantInput.optional(),
  to: InstantInput.optional(),
  limit: z.coerce.number().int().min(1).max(100).optional(),
  cursor: z.string().max(2000).optional(),
});
export type NotificationQuery = z.infer<typeof NotificationQuery>;

/** Newest first. A page may be short, even empty, while there is more: the last one has no `nextCursor`. */
export const NotificationPage = z.object({
  items: z.array(Notification),
  nextCursor: z.string().optional(),
});
export type NotificationPage = z.infer<typeof NotificationPage>;
