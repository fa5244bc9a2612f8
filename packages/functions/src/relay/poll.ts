import { type Context, Outbox } from "@turno/core/platform";

/** Tells everything that waits in the outbox, where there is no stream. Returns how many facts that were. */
export async function relayOnce(context: Context, publish: Outbox.Publish): Promise<number> {
  const facts = await Outbox.waiting(context, 0);
  await Outbox.relay(context, publish, facts);
  return facts.length;
}
