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

/** Keeps a call that made no sense for 30 days, its body sealed. The same one on the same day is kept once. */
export async function park(context: Context, { provider, reason, body }: Misfit): Promise<void> {
  const now = context.now();
  await ParkedEntity.put({
    provider,
    date: utcDateOf(now),
    parkedKey: context.keys.derive("parked", provider, reason, body),
    reason,
    body: context.keys.seal(body.slice(0, MOST_CHARACTERS)),
    parkedAt: now,
    ttl: epochSeconds(plus(now, PARKED)),
  }).go(context.table);
}

/** A row of the table has at most 400 kB, and sealing makes a text a third longer. */
const MOST_CHARACTERS = 64 * 1024;

export interface Parked {
  readonly reason: string;
  /** Sealed: whoever has the stage's key can read it. */
  readonly body: string;
  readonly parkedAt: Instant;
}

/** What was parked of one provider on a UTC day: for whoever runs the stage. */
export async function parked(context: Context, provider: string, date: LocalDate): Promise<Parked[]> {
  const { data } = await ParkedEntity.query
    .primary({ provider, date })
    .go({ ...context.table, pages: "all" });
  return data.map(({ reason, body, parkedAt }) => ({ reason, body, parkedAt }));
}
