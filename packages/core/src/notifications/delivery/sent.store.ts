import type { EntityItem } from "electrodb";
import { type ChannelName, type Context, epochSeconds, type Instant, plus } from "../../platform/index.ts";
import type { Report } from "./progress.ts";
import type { Target } from "./reference.ts";
import { SentEntity } from "./sent.entity.ts";

/** A provider's name for one of its messages. */
export interface ProviderMessage {
  readonly provider: string;
  readonly providerMessageId: string;
}

/** What is known of a provider's message. */
export interface Sent {
  readonly target?: Target;
  /** What was reported of it, the last word first. */
  readonly reports: readonly (Report & { readonly at: Instant })[];
}

const KEPT = { days: 90 };

/** A provider may build its ids of phones, so that none stands in a key. */
const sentIdOf = (context: Context, { provider, providerMessageId }: ProviderMessage): string =>
  context.keys.derive("sent", provider, providerMessageId);

export async function find(context: Context, message: ProviderMessage): Promise<Sent> {
  const { data } = await SentEntity.get({ sentId: sentIdOf(context, message) }).go({
    ...context.table,
    consistent: true,
  });
  return data ? sentIn(data) : { reports: [] };
}

interface News {
  readonly target?: Target;
  readonly report?: Report & { readonly at: Instant };
}

/**
 * Notes what is new about a provider's message, and says all that is known by then.
 *
 * One write on one row: of a send and a report that meet, one sees the other.
 */
export async function note(
  context: Context,
  message: ProviderMessage,
  { target, report }: News,
): Promise<Sent> {
  const ttl = epochSeconds(plus(context.now(), KEPT));
  const { data } = await SentEntity.update({ sentId: sentIdOf(context, message) })
    .set({
      ttl,
      ...(target && { under: target.under, notificationId: target.notificationId, channel: target.channel }),
      ...(report?.status === "delivered" && { deliveredAt: report.at }),
      ...(report?.status === "failed" && { failedAt: report.at, reason: report.reason }),
    })
    .go({ ...context.table, response: "all_new" });
  return sentIn(data as EntityItem<typeof SentEntity>);
}

function sentIn(row: EntityItem<typeof SentEntity>): Sent {
  const { under, notificationId, channel, deliveredAt, failedAt, reason = "refused" } = row;
  return {
    ...(under &&
      notificationId &&
      channel && {
        target: { under, notificationId, channel: channel as ChannelName },
      }),
    reports: [
      ...(deliveredAt ? [{ status: "delivered", reason, at: deliveredAt } as const] : []),
      ...(failedAt ? [{ status: "failed", reason, at: failedAt } as const] : []),
    ],
  };
}
