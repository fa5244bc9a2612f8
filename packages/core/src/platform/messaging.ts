import * as z from "zod";

/** The media that a message can go through. */
export const ChannelName = z.enum(["whatsapp", "sms", "voice", "email", "push"]);
export type ChannelName = z.infer<typeof ChannelName>;

/** Who passes messages on. */
export const ProviderName = z.enum(["twilio", "meta", "resend", "ses", "web-push"]);
export type ProviderName = z.infer<typeof ProviderName>;

/** The channels that a clinic speaks through: with which provider, and under which of its numbers or addresses there. */
export const Messaging = z.partialRecord(
  ChannelName,
  z.object({ provider: ProviderName, sender: z.string().min(1).max(200) }),
);
export type Messaging = z.infer<typeof Messaging>;
