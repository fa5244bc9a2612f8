import { type Context, Outbox } from "@turno/core/platform";

/** Tells everything that waits in these shards of the outbox, where there is no stream. Returns how many facts that were. */
export async function relayOnce(
  context: Context,
  publish: Outbox.Publish,
  shards?: readonly string[],
): Promise<number> {
  const facts = await Outbox.waiting(context, 0, shards);
  await Outbox.relay(context, publish, facts);
  return facts.length;
}
