import type { ChannelName, ProviderName } from "@turno/core/platform";

/** What a provider of this machine took, and keeps for somebody to look at. */
export interface Message {
  readonly providerMessageId: string;
  readonly provider: ProviderName;
  readonly channel: ChannelName;
  /** A phone in E.164, an e-mail address, or the address of a subscription. */
  readonly to: string;
  readonly from: string;
  /** Not known of free text, which a provider takes without a name. */
  readonly template?: string;
  readonly language?: string;
  readonly subject?: string;
  /** As the phone shows it. */
  readonly body: string;
  /** ISO, by the clock of this machine. */
  readonly receivedAt: string;
  /** What the sender calls it, where the provider takes such a key: a second message with it is the first one. */
  readonly idempotencyKey?: string;
  /** Where its receipt goes, or what is said in it. */
  readonly callback?: string;
  readonly fate: Fate;
}

/** What becomes of a message after it was taken. */
export interface Fate {
  readonly status: "delivered" | "failed";
  /** The provider's code of why it failed. */
  readonly code?: number | string;
  /** ISO: when the provider tells that it has sent it on; left out when it never does, as most of them. */
  readonly sentToldAt?: string;
  /** ISO: when the provider tells; left out when it never does. */
  readonly toldAt?: string;
}

/** What a person wrote to a clinic. */
export interface Said {
  readonly id: string;
  readonly provider: ProviderName;
  readonly channel: ChannelName;
  readonly from: string;
  readonly to: string;
  readonly body: string;
  /** The provider's id of the message that it answers. */
  readonly inReplyTo?: string;
  readonly saidAt: string;
}
