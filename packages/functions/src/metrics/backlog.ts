import { Request } from "@turno/core/booking";
import { Watch } from "@turno/core/operations";
import { type Context, epochMillis, type Instant, Outbox } from "@turno/core/platform";

/**
 * How far behind the stage is, in seconds: 0 where nothing waits; and how long it was not looked after. Needs the table
 * alone.
 */
export async function backlog(
  context: Context,
): Promise<{ OutboxAge: number; ExpiryLag: number; CronAge: number }> {
  const now = context.now();
  const [facts, requests, CronAge] = await Promise.all([
    Outbox.waiting(context, 0),
    Request.due(context, now),
    Watch.silence(context),
  ]);
  const since = (instants: readonly Instant[]): number =>
    Math.max(0, ...instants.map((instant) => (epochMillis(now) - epochMillis(instant)) / 1000));
  return {
    OutboxAge: since(facts.map(Outbox.waitsSince)),
    ExpiryLag: since(requests.map(({ expiresAt }) => expiresAt)),
    CronAge,
  };
}
