import {
  type Context,
  epochMillis,
  epochSeconds,
  type Instant,
  type LocalDate,
  plus,
  utcDateOf,
} from "../../platform/index.ts";
import { HeardEntity, ParkedEntity } from "./intake.entity.ts";

const REMEMBERED = { hours: 24 };
const PARKED = { days: 30 };

/** What tells one call of a provider from another: the id that the provider signs. */
type Call = readonly [provider: string, id: string];

const keyOf = (context: Context, call: Call): string => context.keys.derive("heard", ...call);

/** Whether a call has been heard within the last day, so that hearing it again would change nothing. */
export async function isHeard(context: Context, call: Call): Promise<boolean> {
  const { data } = await HeardEntity.get({ heardKey: keyOf(context, call) }).go({
    ...context.table,
    consistent: true,
  });
  return data !== null && data.ttl > epochMillis(context.now()) / 1000;
}

/** Remembers a call for a day. After all that it brought about: what fails half-way has to be heard again. */
export async function heard(context: Context, call: Call): Promise<void> {
  await HeardEntity.put({
    heardKey: keyOf(context, call),
    ttl: epochSeconds(plus(context.now(), REMEMBERED)),
  }).go(context.table);
}

interface Misfit {
  readonly provider: string;
  readonly reason: string;
  readonly body: string;
}

/**
 * Keeps a call that made no sense for 30 days, its body sealed, in as many rows as it needs. The same one on the same day
 * is kept once.
 */
export async function park(context: Context, { provider, reason, body }: Misfit): Promise<void> {
  const now = context.now();
  const parkedKey = context.keys.derive("parked", provider, reason, body);
  const pieces = piecesOf(body);
  // One after the other: they lie in one partition.
  for (const [index, piece] of pieces.entries()) {
    const count = index + 1;
    await ParkedEntity.put({
      provider,
      date: utcDateOf(now),
      parkedKey: count === 1 ? parkedKey : `${parkedKey}-${String(count).padStart(3, "0")}`,
      reason,
      body: context.keys.seal(piece),
      ...(pieces.length > 1 && { piece: `${count} of ${pieces.length}` }),
      parkedAt: now,
      ttl: epochSeconds(plus(now, PARKED)),
    }).go(context.table);
  }
}

/** A row of the table has at most 400 KB, a character up to four bytes, and sealing makes them a third longer. */
const piecesOf = (body: string): readonly string[] => body.match(/.{1,65536}/gsu) ?? [body];

export interface Parked {
  readonly reason: string;
  /** Sealed: whoever has the stage's key can read it. */
  readonly body: string;
  /** Such as `2 of 3`, of a call that has several rows. */
  readonly piece?: string;
  readonly parkedAt: Instant;
}

/** What was parked of one provider on a UTC day, pieces in their order: for whoever runs the stage. */
export async function parked(context: Context, provider: string, date: LocalDate): Promise<Parked[]> {
  const { data } = await ParkedEntity.query
    .primary({ provider, date })
    .go({ ...context.table, pages: "all" });
  return data.map(({ reason, body, piece, parkedAt }) => ({
    reason,
    body,
    ...(piece && { piece }),
    parkedAt,
  }));
}
