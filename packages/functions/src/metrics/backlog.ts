import { Request } from "@turno/core/booking";
import { type Context, epochMillis, type Instant, Outbox } from "@turno/core/platform";

/** How far behind the stage is, in seconds: 0 where nothing waits. */
export async function backlog(context: Context): Promise<{ OutboxAge: number; ExpiryLag: number }> {
  const now = context.now();
  const [facts, requests] = await Promise.all([Outbox.waiting(context, 0), Request.due(context, now)]);
  const since = (instants: readonly Instant[]): number =>
    Math.max(0, ...instants.map((instant) => (epochMillis(now) - epochMillis(instant)) / 1000));
  return {
    OutboxAge: since(facts.map(({ at }) => at)),
    ExpiryLag: since(requests.map(({ expiresAt }) => expiresAt)),
  };
}
