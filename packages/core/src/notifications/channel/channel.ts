import type { ChannelName, Instant, Language } from "../../platform/schemas.ts";

/** One message, ready to go out. */
export interface OutgoingMessage {
  /** The provider takes a second message with the same key for the first one. */
  readonly idempotencyKey: string;
  /** What the provider's receipts name the message by, beside its own id: letters, digits, `_` and `-`. */
  readonly reference: string;
  readonly channel: ChannelName;
  /** A phone in E.164, an e-mail address, or a Web Push subscription as JSON. */
  readonly to: string;
  /** The clinic's number or address with the provider. */
  readonly sender: string;
  readonly language: Language;
  /** The name that its text is registered under with a provider that keeps it. */
  readonly template: string;
  /** The variables of that text in words, in the order in which it names them; never empty, and each on one line. */
  readonly parameters: Readonly<Record<string, string>>;
  /** For e-mail and push. */
  readonly subject?: string;
  readonly body: string;
  /** For e-mail, beside the body: the same as a page. */
  readonly html?: string;
  /** For push: where a tap leads. */
  readonly link?: string;
  /** For WhatsApp: whether free text may be sent, since the person wrote within 24 hours; else the provider's template. */
  readonly windowOpen?: boolean;
  /**
   * An attempt that was begun at this time ended unclear: a provider without idempotency looks whether the message has
   * gone out since.
   */
  readonly mayHaveBeenSent?: { readonly since: Instant };
}

/**
 * A provider that passes messages on.
 *
 * `send` throws {@link TryLater} or {@link Undeliverable}, and nothing else that it can foresee.
 */
export interface Channel {
  /** The provider's, within which its message ids are unique. */
  readonly name: string;
  /**
   * It has neither a key against repetition nor a list of what was sent: a receipt alone proves that a message went out
   * whose answer got lost.
   */
  readonly provesByReceipt?: true;
  send(message: OutgoingMessage): Promise<{ readonly providerMessageId: string }>;
}

/** The providers that this stage has accounts with, by name. */
export type Channels = (provider: string) => Channel | undefined;
