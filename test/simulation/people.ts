import { ApiProblem } from "@turno/client";
import { type Book, count, type Stage, type Visit } from "./book.ts";
import type { Chance } from "./chance.ts";
import type { Office } from "./office.ts";
import type { Plans } from "./plans.ts";
import type { Calendar, Clinic, Offer } from "./town.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What those who live in a simulated month work with. */
export interface Life {
  readonly office: Office;
  readonly chance: Chance;
  readonly book: Book;
  readonly plans: Plans;
  /** The clock, in epoch milliseconds. */
  readonly now: () => number;
  /** No visit begins after this. */
  readonly end: number;
}

const iso = (millis: number): string => new Date(millis).toISOString();

/** Does a deed and counts it; a refusal of the API is an answer, any other failure is a fault. */
async function tried<T>({ book }: Life, what: string, deed: () => Promise<T>): Promise<T | undefined> {
  try {
    const done = await deed();
    count(book, what);
    return done;
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status >= 500) throw error;
    count(book, `${what}: ${error.type}`);
    return undefined;
  }
}

function close(life: Life, visit: Visit, stage: Stage): void {
  visit.stage = stage;
  visit.endedAt = life.now();
}

/** Somebody looks for a time with a doctor and takes one; now and then two people want the same. */
export async function lookForATime(life: Life, calendar: Calendar): Promise<void> {
  const { chance } = life;
  const service = chance.pick(calendar.services);
  const slot = await freeSlot(life, calendar, service);
  if (!slot) return count(life.book, "look: nothing free");
  const many = chance.happens(0.06) ? 2 : 1;
  await Promise.all(Array.from({ length: many }, () => take(life, calendar, service, slot)));
}

interface FreeSlot {
  readonly slotId: string;
  readonly startTime: string;
}

/** A free time of the service, mostly in the next days. */
async function freeSlot(
  { office, chance, now, end }: Life,
  { profileId }: Calendar,
  { serviceId }: Offer,
): Promise<FreeSlot | undefined> {
  const soonest = now() + 2 * HOUR;
  const from = Math.min(
    soonest + Math.floor(chance.next() ** 2 * 10) * DAY,
    Math.max(soonest, end - 4 * DAY),
  );
  const to = Math.min(from + 4 * DAY, end);
  if (from >= to) return undefined;
  const query = { from: iso(from), to: iso(to), serviceId, limit: 40 };
  const { items } = await office.call(({ anybody }) => anybody.listSlots({ params: { profileId }, query }));
  return items.length > 0 ? chance.pick(items) : undefined;
}

async function take(
  life: Life,
  calendar: Calendar,
  service: Offer,
  { slotId, startTime }: FreeSlot,
): Promise<void> {
  const { office, book, chance, now } = life;
  const number = 1 + (book.counts.get("people") ?? 0);
  count(book, "people");
  const name = `Patient ${number}`;
  const phone = `+1888${String(number).padStart(7, "0")}`;
  const email = `patient${number}@mail.test`;
  const body = {
    ...{ slotId, serviceId: service.serviceId, patientName: name, patientPhone: phone, patientEmail: email },
    language: calendar.language,
    urgencyLevel: chance.happens(0.1) ? ("urgent" as const) : ("normal" as const),
    chiefComplaint: "Cough",
  };
  const asked = await tried(life, "ask", () =>
    office.call(({ anybody }) => anybody.createRequest({ body, idempotencyKey: `ask-${number}` })),
  );
  if (!asked) return;
  const visit: Visit = {
    ...{ name, phone, email, calendar, service, start: Date.parse(startTime), askedAt: now() },
    linkToken: asked.linkToken,
    ...(asked.status === "pending"
      ? { requestId: asked.requestId, expiresAt: Date.parse(asked.expiresAt), stage: "pending" as const }
      : { reservationId: asked.reservationId, confirmedAt: now(), stage: "confirmed" as const }),
  };
  book.visits.push(visit);
  if (visit.stage === "pending") planDecision(life, visit);
  else planFate(life, visit);
}

/** What becomes of a request: mostly the doctor approves, some are turned down or withdrawn, and some are forgotten. */
function planDecision(life: Life, visit: Visit): void {
  const { chance, plans, now } = life;
  const wait = chance.between(5, 480) * MINUTE;
  const lot = chance.next();
  const key = visit.phone;
  const requestId = visit.requestId!;
  const admin = visit.calendar.organizationId;
  const decide = (what: string, stage: Stage, deed: () => Promise<unknown>): void =>
    plans.add(now() + wait, async () => {
      if (visit.stage !== "pending") return;
      if (await tried(life, what, deed)) close(life, visit, stage);
    });
  const { office } = life;
  if (lot < 0.74) {
    plans.add(now() + wait, async () => {
      const approved = await tried(life, "approve", () =>
        office.call((lines) =>
          lines
            .admin(admin)
            .approveRequest({ params: { requestId }, body: {}, idempotencyKey: `approve-${key}` }),
        ),
      );
      if (!approved) return;
      visit.stage = "confirmed";
      visit.confirmedAt = now();
      visit.reservationId = approved.reservationId;
      planFate(life, visit);
    });
  } else if (lot < 0.81) {
    decide("reject", "rejected", () =>
      office.call((lines) =>
        lines.admin(admin).rejectRequest({
          params: { requestId },
          body: { reason: "Please see a specialist." },
          idempotencyKey: `reject-${key}`,
        }),
      ),
    );
  } else if (lot < 0.86) {
    decide("withdraw", "withdrawn", () =>
      office.call((lines) =>
        lines.holder(visit.linkToken).cancelRequest({
          params: { requestId },
          body: {},
          idempotencyKey: `withdraw-${key}`,
        }),
      ),
    );
  }
}

/** What becomes of a visit that is agreed. */
function planFate(life: Life, visit: Visit): void {
  const { chance, plans, now, office } = life;
  const lot = chance.next();
  const before = Math.max(visit.start - now(), 0);
  const sometime = now() + Math.floor(before * chance.next());
  const reservationId = visit.reservationId!;
  const key = reservationId;
  const isOver = (): boolean => visit.stage !== "confirmed";
  if (lot < 0.1) {
    plans.add(sometime, async () => {
      if (isOver()) return;
      const call = () =>
        office.call((lines) =>
          lines
            .holder(visit.linkToken)
            .cancelReservation({ params: { reservationId }, body: {}, idempotencyKey: `cancel-${key}` }),
        );
      if (await tried(life, "cancel", call)) close(life, visit, "cancelled");
    });
  } else if (lot < 0.13) {
    plans.add(sometime, async () => {
      if (isOver()) return;
      const call = () =>
        office.call((lines) =>
          lines.admin(visit.calendar.organizationId).cancelReservation({
            params: { reservationId },
            body: { reason: "The doctor is ill." },
            idempotencyKey: `cancel-${key}`,
          }),
        );
      if (await tried(life, "cancel by clinic", call)) close(life, visit, "cancelled");
    });
  } else if (lot < 0.22) {
    plans.add(sometime, () => move(life, visit));
  }
  const endOfVisit = visit.start + visit.service.duration * MINUTE;
  const outcome = chance.next();
  if (outcome < 0.8)
    plans.add(endOfVisit + chance.between(0, 40) * MINUTE, () => conclude(life, visit, outcome));
}

/** The clinic says that the visit took place, or that nobody came. */
async function conclude(life: Life, visit: Visit, lot: number): Promise<void> {
  const { office } = life;
  if (visit.stage !== "confirmed") return;
  const params = { reservationId: visit.reservationId! };
  const idempotencyKey = `conclude-${visit.reservationId}`;
  const { organizationId } = visit.calendar;
  const came = lot < 0.72;
  const call = () =>
    office.call<unknown>((lines) =>
      came
        ? lines.admin(organizationId).completeReservation({
            params,
            body: lot < 0.1 ? { followUpRequired: true, followUpType: "24h" as const } : {},
            idempotencyKey,
          })
        : lines.admin(organizationId).markNoShow({ params, idempotencyKey }),
    );
  const done = await tried(life, came ? "complete" : "no-show", async () => ({ answer: await call() }));
  if (done) close(life, visit, came ? "completed" : "no_show");
}

async function move(life: Life, visit: Visit): Promise<void> {
  const { office, book, now } = life;
  if (visit.stage !== "confirmed") return;
  const slot = await freeSlot(life, visit.calendar, visit.service);
  if (!slot) return;
  const moved = await tried(life, "move", () =>
    office.call((lines) =>
      lines.holder(visit.linkToken).rescheduleReservation({
        params: { reservationId: visit.reservationId! },
        body: { slotId: slot.slotId },
        idempotencyKey: `move-${visit.reservationId}`,
      }),
    ),
  );
  if (!moved) return;
  close(life, visit, "moved");
  const { name, phone, email, calendar, service } = visit;
  const next: Visit = {
    ...{
      name,
      phone,
      email,
      calendar,
      service,
      start: Date.parse(slot.startTime),
      askedAt: now(),
      confirmedAt: now(),
    },
    reservationId: moved.reservationId,
    linkToken: moved.linkToken,
    stage: "confirmed",
    movedFrom: visit,
  };
  book.visits.push(next);
  planFate(life, next);
}

/** Once a day each clinic's admin has begun anew what failed. */
export async function retryWhatFailed(
  { office, book, now }: Life,
  clinics: readonly Clinic[],
): Promise<void> {
  for (const { organizationId } of clinics) {
    const { retried } = await office.call((lines) =>
      lines
        .admin(organizationId)
        .retryFailedRuns({ body: {}, idempotencyKey: `retry-${organizationId}-${now()}` }),
    );
    for (let run = 0; run < retried; run++) count(book, "run retried");
  }
}
