import type { ChannelName } from "../../platform/index.ts";
import type { Channels, OutgoingMessage } from "../channel/index.ts";

/** What a provider does with a message before it answers: fails as it says, and whether the message went out first. */
export interface Trouble {
  readonly error: Error;
  readonly wentOut?: boolean;
}

export interface Providers {
  readonly channels: Channels;
  /** What people received, in order; a repeated key counts once. */
  readonly received: OutgoingMessage[];
  /** Every call. */
  readonly calls: OutgoingMessage[];
  /** The next calls of a channel end so. */
  next(channel: ChannelName, ...troubles: (Error | Trouble)[]): void;
  /** Called while a provider has the message and before it answers. */
  meanwhile?: (message: OutgoingMessage) => Promise<unknown>;
}

/** The id that the provider of a channel gives the message. */
export const idOf = ({ idempotencyKey }: OutgoingMessage): string => `wamid.${idempotencyKey}`;

/** Providers that take what they are given, once for each key, unless they are told to fail. */
export function someProviders(): Providers {
  const troubles = new Map<ChannelName, (Error | Trouble)[]>();
  const providers: Providers = {
    received: [],
    calls: [],
    next: (channel, ...coming) => void troubles.set(channel, coming),
    channels: (name) => ({
      name,
      async send(message) {
        providers.calls.push(message);
        const trouble = troubles.get(message.channel)?.shift();
        const { error, wentOut = false } =
          trouble instanceof Error ? { error: trouble } : (trouble ?? { error: undefined });
        const isNew = providers.received.every((one) => one.idempotencyKey !== message.idempotencyKey);
        if (isNew && (wentOut || !error)) providers.received.push(message);
        await providers.meanwhile?.(message);
        if (error) throw error;
        return { providerMessageId: idOf(message) };
      },
    }),
  };
  return providers;
}
