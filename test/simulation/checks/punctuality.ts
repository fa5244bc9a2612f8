import type { Row } from "@turno/core/testing";
import type { Message } from "@turno/local/providers";
import { iso, MINUTE } from "../time.ts";
import type { Finding } from "./finding.ts";

/** How late what is due may be. */
export const LATE_AFTER = 5 * MINUTE;

export interface Punctuality {
  /** What was due, and went out within five minutes. */
  readonly delivered: Finding;
  /** What went out later than that. */
  readonly late: readonly string[];
  /** What nobody was owed: a second one, or one after it had been called off. */
  readonly unowed: readonly string[];
  /** In seconds, of the latest. */
  readonly worstDelay: number;
}

/** What one person was owed and got, as moments. */
interface Person {
  /** How they are named in what is wrong. */
  readonly name: string;
  readonly owed: readonly number[];
  readonly came: readonly number[];
}

interface Bounds {
  /** What comes later than this after its time does not count as it any more. */
  readonly within: number;
  /** The end of the month. */
  readonly end: number;
}

/** Compares what was owed by the clock with what came: each at its time, and nothing else. */
export function punctualityOf(people: readonly Person[], { within, end }: Bounds): Punctuality {
  const missing: string[] = [];
  const late: string[] = [];
  const unowed: string[] = [];
  let checked = 0;
  let worst = 0;
  for (const { name, ...person } of people) {
    const owed = person.owed.filter((at) => at <= end - LATE_AFTER).sort((a, b) => a - b);
    const came = person.came.toSorted((a, b) => a - b);
    checked += owed.length;
    for (const at of owed) {
      const index = came.findIndex((time) => time >= at && time < at + within);
      if (index < 0) {
        missing.push(`${name}: nothing at ${iso(at)}`);
        continue;
      }
      const delay = came[index]! - at;
      worst = Math.max(worst, delay);
      if (delay > LATE_AFTER) late.push(`${name}: due ${iso(at)}, ${delay / 1000} s late`);
      came.splice(index, 1);
    }
    unowed.push(
      ...came
        .filter((time) => time <= end - LATE_AFTER)
        .map((time) => `${name}: one that was not owed at ${iso(time)}`),
    );
  }
  return { delivered: { checked, wrong: [...missing, ...late] }, late, unowed, worstDelay: worst / 1000 };
}

/**
 * When messages of some templates reached each person, by their phone. Of free text, which a provider takes without a
 * name, the log of deliveries has the template, under the reference that the message carried.
 */
export function arrivalsOf(
  messages: readonly Message[],
  rows: readonly Row[],
  { template: prefix, people }: { template: string; people: readonly { phone: string; email: string }[] },
): (phone: string) => number[] {
  const logged = new Map(
    rows
      .filter(({ __edb_e__ }) => __edb_e__ === "notification")
      .map((row) => [`${row.notificationId}`, `${row.template}`]),
  );
  const templateOf = ({ template, callback = "" }: Message): string =>
    template ?? logged.get(/ntf_[0-9A-HJKMNP-TV-Z]{26}/.exec(decodeURIComponent(callback))?.[0] ?? "") ?? "";
  const phones = new Map(
    people.flatMap(({ phone, email }) => [
      [phone, phone],
      [email, phone],
    ]),
  );
  const arrived = messages.filter(
    (message) => message.fate.status === "delivered" && templateOf(message).startsWith(prefix),
  );
  const received = Map.groupBy(arrived, ({ to }) => phones.get(to));
  return (phone) => (received.get(phone) ?? []).map(({ receivedAt }) => Date.parse(receivedAt));
}
