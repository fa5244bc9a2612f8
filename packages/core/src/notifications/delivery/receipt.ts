import type { Context, Instant } from "../../platform/index.ts";
import { type Changed, change, find, type Row } from "./notification.store.ts";
import { type Report, received } from "./progress.ts";
import * as Reference from "./reference.ts";
import * as Sent from "./sent.store.ts";
import { tellDelivered, tellFailed } from "./settle.ts";

/** What a provider reports of a message: by its own id for it, by our reference, or by both. */
export interface Receipt {
  readonly provider: string;
  readonly providerMessageId?: string;
  readonly reference?: string;
  readonly status: Report["status"];
  readonly reason?: Report["reason"];
  readonly at: Instant;
}

/**
 * Takes a provider's report. It may come twice, in any order, and before the message is known to have been sent: then it
 * waits for that. `taken` says that a message whose answer got lost went out.
 *
 * Delivered is the last word. After a failure the message is pending again where another channel is left, and it is told,
 * so that it is composed anew.
 */
export async function receipt(
  context: Context,
  { provider, providerMessageId, reference, status, reason = "refused", at }: Receipt,
): Promise<void> {
  const report = { status, reason, at };
  const named = reference === undefined ? undefined : Reference.read(reference);
  if (status === "taken") {
    // Nearly always known by its answer: nothing is written then.
    if (named) await apply(context, named, { ...report, providerMessageId });
    return;
  }
  const known = providerMessageId
    ? await Sent.note(context, { provider, providerMessageId }, { target: named, report })
    : { target: named };
  if (known.target) await apply(context, known.target, { ...report, providerMessageId });
}

interface Dated extends Report {
  readonly at: Instant;
  readonly providerMessageId: string | undefined;
}

/** Changes what a report changes. May be repeated. */
export async function apply(context: Context, target: Reference.Target, report: Dated): Promise<void> {
  for (;;) {
    const row = await find(context, target);
    const news = row && received(row, target.channel, report);
    if (!row || !news) return;
    if ((await changed(context, { row, target }, news, report)).isMine) return;
  }
}

type AnyNews = NonNullable<ReturnType<typeof received>>;
type News<Status> = Extract<AnyNews, { status: Status }>;

interface Told {
  readonly row: Row;
  readonly target: Reference.Target;
}

function changed(context: Context, { row, target }: Told, news: AnyNews, report: Dated): Promise<Changed> {
  switch (news.status) {
    case "SENT":
      return taken(context, { row, target }, news, report);
    case "DELIVERED":
      return arrived(context, row, news, report);
    default:
      return bounced(context, row, { ...news, channel: target.channel }, report);
  }
}

/** Its answer got lost, and so what the provider calls it, which answers of people name it by. */
async function taken(
  context: Context,
  { row, target }: Told,
  news: News<"SENT">,
  { at, providerMessageId }: Dated,
): Promise<Changed> {
  const { provider } = row;
  if (provider && providerMessageId) await Sent.note(context, { provider, providerMessageId }, { target });
  return change(context, row, { ...news, sentAt: at, ...(providerMessageId && { providerMessageId }) });
}

function arrived(context: Context, row: Row, news: News<"DELIVERED">, { at, ...report }: Dated) {
  const providerMessageId = report.providerMessageId ?? row.providerMessageId;
  const set = {
    ...news,
    deliveredAt: at,
    sentAt: row.sentAt ?? at,
    ...(providerMessageId && { providerMessageId }),
  };
  const { channel } = news;
  return change(context, row, set, [
    tellDelivered(context, row, {
      channel,
      deliveredAt: at,
      providerMessageId: providerMessageId ?? "unknown",
    }),
  ]);
}

function bounced(
  context: Context,
  row: Row,
  { channel, ...news }: News<"PENDING" | "FAILED"> & { readonly channel: Reference.Target["channel"] },
  { reason, at }: Dated,
) {
  const isFinal = news.status === "FAILED";
  return change(context, row, { ...news, ...(isFinal && { failedAt: at, reason }) }, [
    tellFailed(context, row, { channel, reason, at, isFinal }),
  ]);
}
