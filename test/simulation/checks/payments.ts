import type { Row } from "@turno/core/testing";
import type { Taken } from "@turno/local/providers";
import { depositFor, firstOf, type Visit } from "../book.ts";
import { DAY, HOUR } from "../time.ts";
import { POLICY } from "../town.ts";
import type { Finding } from "./finding.ts";

/**
 * Whether each visit with a price was asked for its deposit once, whether what was paid is down as paid, and whether what
 * is due of it went back, once: at the provider as well as here.
 */
export function paymentsOf(
  visits: readonly Visit[],
  taken: readonly Taken[],
  rows: readonly Row[],
  end: number,
): Finding {
  const latest = new Map<Visit, Visit>();
  // Whatever moved comes later than what it moved from.
  for (const visit of visits) if (visit.confirmedAt !== undefined) latest.set(firstOf(visit), visit);
  const pages = Map.groupBy(taken, ({ reference }) => reference);
  const deposits = new Map(
    rows.filter(({ __edb_e__ }) => __edb_e__ === "deposit").map((row) => [`res_${row.apt}`, row]),
  );
  const owing = [...latest].filter(([first]) => depositFor(first) > 0);
  const wrong = owing.flatMap(([first, last]) => {
    const id = first.reservationId!;
    return differences(first, last, { pages: pages.get(id) ?? [], row: deposits.get(id), end }).map(
      (text) => `${id}: ${text}`,
    );
  });
  const known = new Set(owing.map(([{ reservationId }]) => reservationId));
  const strange = [...new Set([...pages.keys(), ...deposits.keys()])]
    .filter((id) => !known.has(id))
    .map((id) => `${id}: owes nothing, and was asked`);
  return { checked: owing.length, wrong: [...wrong, ...strange] };
}

interface Found {
  readonly pages: readonly Taken[];
  readonly row: Row | undefined;
  readonly end: number;
}

function differences(first: Visit, last: Visit, { pages, row, end }: Found): string[] {
  if (pages.length > 1) return [`was asked ${pages.length} times`];
  const [page] = pages;
  if (!page || !row) return mustBeAsked(first, end) ? ["was not asked"] : [];
  const due = depositFor(first);
  const isPaid = first.paidAt !== undefined;
  const back = isPaid ? dueBack(last, due) : 0;
  const refunds = page.refunds.filter(({ status }) => status !== "failed");
  const expected = isPaid ? (back > 0 ? ["refunded"] : ["paid"]) : ["requested", "expired"];
  return [
    ...(page.amount === due && row.amount === due ? [] : [`${row.amount} were asked for, not ${due}`]),
    ...((page.status === "complete") === isPaid ? [] : [`the page is ${page.status}`]),
    ...(expected.includes(`${row.status}`) ? [] : [`is ${row.status}, not ${expected.join(" or ")}`]),
    ...(Number(row.refundAmount ?? 0) === back ? [] : [`${row.refundAmount} go back, not ${back}`]),
    ...(isSame(refunds, back) ? [] : [`the provider gave back ${written(refunds)}, not ${back}`]),
  ];
}

const isSame = (refunds: Taken["refunds"], back: number): boolean =>
  back === 0
    ? refunds.length === 0
    : refunds.length === 1 && refunds[0]!.amount === back && refunds[0]!.status === "succeeded";

const written = (refunds: Taken["refunds"]): string =>
  refunds.map(({ amount, status }) => `${amount} (${status})`).join(" and ") || "nothing";

/** Of what was paid, what the policy gives back: all when the clinic cancels, its share in time, nothing later. */
function dueBack({ stage, cancelledBy, endedAt, start, service }: Visit, paid: number): number {
  if (stage !== "cancelled") return 0;
  if (cancelledBy === "clinic") return paid;
  if (endedAt! >= start - POLICY.changeNoticeHours * HOUR) return 0;
  const share = Math.round((service.price * POLICY.refundPercent) / 100);
  return Math.floor((paid * share) / service.price);
}

/** Whoever cancels at once, or books for today while the provider is down, may never be asked. */
const mustBeAsked = (
  { confirmedAt, endedAt = Number.POSITIVE_INFINITY, start }: Visit,
  end: number,
): boolean => Math.min(endedAt, start, end) > confirmedAt! + DAY;
