import * as z from "zod";
import type { Language } from "../../platform/schemas.ts";

/** The media that a message can go through. */
export const ChannelName = z.enum(["whatsapp", "sms", "email"]);
export type ChannelName = z.infer<typeof ChannelName>;

/** One message, ready to go out. */
export interface OutgoingMessage {
  /** The provider takes a second message with the same key for the first one. */
  readonly idempotencyKey: string;
  readonly channel: ChannelName;
  /** A phone in E.164, or an e-mail address. */
  readonly to: string;
  readonly language: Language;
  readonly template: string;
  /** For e-mail alone. */
  readonly subject?: string;
  readonly body: string;
}

/**
 * A provider that passes messages on.
 *
 * `send` throws {@link TryLater} or {@link Undeliverable}, and nothing else that it can foresee.
 */
export interface Channel {
  /** The provider's, within which its message ids are unique. */
  readonly name: string;
  send(message: OutgoingMessage): Promise<{ readonly providerMessageId: string }>;
}
