import { Delivery } from "@turno/core/notifications";
import type { Context } from "@turno/core/platform";

type Taken = Parameters<typeof Delivery.find>[1];

/** Says what template a message was written from, by what its provider calls it. Each is looked up until it is known. */
export function templatesIn(context: Context): (message: Taken) => Promise<string | undefined> {
  const known = new Map<string, string>();
  return async ({ provider, providerMessageId }) => {
    const found = known.get(providerMessageId);
    if (found !== undefined) return found;
    const message = await Delivery.find(context, { provider, providerMessageId });
    if (message) known.set(providerMessageId, message.template);
    return message?.template;
  };
}
