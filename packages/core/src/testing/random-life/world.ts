import { instantOf, type Practice, plus } from "../../platform/index.ts";
import { Generation, type Service, Slot } from "../../scheduling/index.ts";
import { aPractice, offer, openDaily, type TestContext, testContext } from "../index.ts";

/** The days that everybody wants to come on: tests begin on the Monday before, at 09:00 in Mexico City. */
export const DAYS = { from: "2026-03-03", to: "2026-03-04" };

/** One calendar: services of different length, buffers and size in the same two hours a day. */
export interface Calendar {
  practice: Practice;
  readonly services: Service.MedicalService[];
  /** Slots that were made at some time; some may be gone. */
  slots: Slot.SlotKey[];
}

/** What an accepted booking is to cost, by its appointment's ULID. */
export type Prices = Map<string, number>;

/** Ids by number: mostly of what is still open as far as anybody knows, now and then of what is not. */
export class Ids {
  readonly all: string[] = [];
  readonly open: string[] = [];

  add(id: string): void {
    this.all.push(id);
    this.open.push(id);
  }

  close(id: string): void {
    const place = this.open.indexOf(id);
    if (place >= 0) this.open.splice(place, 1);
  }

  pick(number: number): string | undefined {
    const from = number % 6 === 0 ? this.all : this.open;
    return from[(from.length - 1 - number) % Math.max(from.length, 1)] ?? from.at(-1);
  }
}

export interface World {
  readonly context: TestContext;
  readonly calendars: Calendar[];
  readonly requests: Ids;
  readonly reservations: Ids;
  readonly entries: Ids;
  readonly prices: Prices;
  /** How often each transition was answered as done, by name. */
  readonly done: Map<string, number>;
  readonly refused: Map<string, number>;
}

async function openCalendar(context: TestContext, organizationId?: string): Promise<Calendar> {
  const practice = aPractice(context, { noticeMinutes: 0, ...(organizationId && { organizationId }) });
  const services = [
    await offer(context, practice, { duration: 20, price: 60_000 }),
    await offer(context, practice, { duration: 45, bufferAfter: 10, price: 120_000 }),
    await offer(context, practice, { duration: 60, bufferBefore: 5, capacity: 3, price: 25_000 }),
  ];
  await openDaily(context, practice, { endTime: "11:00" });
  const calendar = { practice, services, slots: [] };
  await regenerate(context, calendar);
  return calendar;
}

/** Brings a calendar's slots in line and looks which there are. */
export async function regenerate(context: TestContext, calendar: Calendar): Promise<void> {
  const { practice } = calendar;
  await Generation.generate(context, practice, DAYS);
  const start = instantOf(`${DAYS.from}T00:00:00Z`);
  const slots = await Slot.startingIn(context, practice.profileId, { start, end: plus(start, { days: 3 }) });
  calendar.slots = slots.map(({ profileId, serviceId, start }) => ({ profileId, serviceId, start }));
}

/** Two doctors of one clinic and one of another, with nothing booked. */
export async function openWorld(): Promise<World> {
  const context = await testContext();
  const first = await openCalendar(context);
  const second = await openCalendar(context, first.practice.organizationId);
  const elsewhere = await openCalendar(context);
  return {
    context,
    calendars: [first, second, elsewhere],
    requests: new Ids(),
    reservations: new Ids(),
    entries: new Ids(),
    prices: new Map(),
    done: new Map(),
    refused: new Map(),
  };
}
