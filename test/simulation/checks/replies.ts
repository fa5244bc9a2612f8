import type { Row } from "@turno/core/testing";
import type { Message } from "@turno/local/providers";
import type { Book, Reply } from "../book.ts";
import { iso, MINUTE } from "../time.ts";
import type { Finding } from "./finding.ts";

/** How long a message may still be under way to somebody who wants none, and the answer that they are heard. */
const UNDER_WAY = 5 * MINUTE;

/**
 * Whether each reply was heard once, taken for what it meant, and did that; and whether those who said stop were left
 * alone on their phones.
 */
export function repliesOf(
  { replies, stops, visits }: Book,
  messages: readonly Message[],
  rows: readonly Row[],
): Finding {
  const heard = Map.groupBy(
    rows.filter(({ __edb_e__ }) => __edb_e__ === "message"),
    ({ from }) => `${from}`,
  );
  const told = Map.groupBy(replies, ({ phone }) => phone);
  const misheard = [...told].flatMap(([phone, said]) => compare(phone, said, heard.get(phone) ?? []));
  const unsaid = [...heard.keys()]
    .filter((phone) => !told.has(phone))
    .map((phone) => `${phone}: said nothing`);
  const failed = replies.flatMap(({ failure }) => failure ?? []);
  const coming = new Set(
    rows.filter(({ __edb_e__, coming }) => __edb_e__ === "resv" && coming).map(({ apt }) => `res_${apt}`),
  );
  const forgotten = visits
    .filter(({ comingAt, reservationId }) => comingAt && !coming.has(reservationId!))
    .map(({ reservationId }) => `${reservationId}: has not heard that its patient comes`);
  const disturbed = messages.flatMap(({ to, channel, receivedAt }) =>
    channel !== "email" && Date.parse(receivedAt) > (stops.get(to) ?? Number.POSITIVE_INFINITY) + UNDER_WAY
      ? [`${to}: was written to at ${receivedAt} by ${channel}, and wants nothing`]
      : [],
  );
  return { checked: replies.length, wrong: [...misheard, ...unsaid, ...failed, ...forgotten, ...disturbed] };
}

function compare(phone: string, said: readonly Reply[], heard: readonly Row[]): string[] {
  const rows = heard.toSorted((a, b) => (`${a.receivedAt}` < `${b.receivedAt}` ? -1 : 1));
  if (rows.length !== said.length)
    return [`${phone}: wrote ${said.length} times, and was heard ${rows.length}`];
  return said.flatMap(({ text, meant, at }, index) => {
    const { plan, status, text: read } = rows[index]!;
    const { kind } = (plan ?? {}) as { kind?: string };
    const isWithPerson = status === "open";
    return read === text && kind === meant && isWithPerson === (meant === "read")
      ? []
      : [`${phone}: "${text}" at ${iso(at)} is ${meant}, not ${kind} and ${status}`];
  });
}
