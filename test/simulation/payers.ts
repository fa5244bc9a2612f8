import { count, firstOf, type Visit } from "./book.ts";
import type { Life } from "./life.ts";
import { DAY, QUARTER } from "./time.ts";

/** Most pay what they are asked for in advance, some when the visit is cancelled already, and some too late. */
export function planPayment(life: Life, visit: Visit): void {
  const { chance, plans, now, turns } = life;
  if (!turns.pays()) return;
  const wait = QUARTER + Math.floor(chance.next() ** 2 * DAY);
  plans.add(now() + wait, () => pay(life, visit));
}

async function pay({ office, book, now }: Life, visit: Visit): Promise<void> {
  const first = firstOf(visit);
  const isPaid = await office.ask((turno) => turno.pay({ reference: first.reservationId! }));
  count(book, isPaid ? "pay" : "pay: the page has ended");
  if (isPaid) first.paidAt = now();
}
