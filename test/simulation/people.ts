import {
  type Book,
  count,
  depositFor,
  firstOf,
  isOpen,
  type Person,
  type Stage,
  type Visit,
} from "./book.ts";
import type { Change } from "./habits.ts";
import { close, type Life, tried } from "./life.ts";
import { planPayment } from "./payers.ts";
import { DAY, MINUTE } from "./time.ts";
import type { Calendar, Clinic, Offer } from "./town.ts";
import { cancel, cancelByClinic, conclude, type FreeSlot, freeSlot, move } from "./visits.ts";
import { mayWantEarlier, wait } from "./waiters.ts";
import { planAnswers } from "./writers.ts";

/**
 * Somebody looks for a time with a doctor and takes one; now and then two people want the same, and some wait for what
 * somebody else has.
 */
export async function lookForATime(life: Life, calendar: Calendar): Promise<void> {
  const { chance, turns, book, now } = life;
  const taken = book.visits.filter((visit) => isOpen(visit) && visit.start > now() + DAY / 2);
  if (taken.length > 0 && turns.waits()) {
    const wanted = chance.pick(taken);
    return wait(life, somebody(book, wanted.calendar), wanted.service);
  }
  const service = chance.pick(calendar.services);
  const slot = await freeSlot(life, calendar, service);
  if (!slot) return count(life.book, "look: nothing free");
  const many = chance.happens(0.06) ? 2 : 1;
  await Promise.all(Array.from({ length: many }, () => take(life, calendar, service, slot)));
}

/** Who comes to a clinic for the first time. */
function somebody(book: Book, calendar: Calendar): Person {
  count(book, "people");
  const number = book.counts.get("people")!;
  const phone = `+1888${String(number).padStart(7, "0")}`;
  return { name: `Patient ${number}`, phone, email: `patient${number}@mail.test`, calendar };
}

async function take(
  life: Life,
  calendar: Calendar,
  service: Offer,
  { slotId, startTime }: FreeSlot,
): Promise<void> {
  const { office, book, chance, now } = life;
  const person = somebody(book, calendar);
  const { name, phone, email } = person;
  const body = {
    ...{ slotId, serviceId: service.serviceId, patientName: name, patientPhone: phone, patientEmail: email },
    language: calendar.language,
    urgencyLevel: chance.happens(0.1) ? ("urgent" as const) : ("normal" as const),
    chiefComplaint: "Cough",
  };
  const asked = await tried(life, "ask", () =>
    office.call(({ anybody }) => anybody.createRequest({ body, idempotencyKey: `ask-${phone}` })),
  );
  if (!asked) return;
  const visit: Visit = {
    ...{ ...person, service, start: Date.parse(startTime), askedAt: now() },
    linkToken: asked.linkToken,
    ...(asked.status === "pending"
      ? { requestId: asked.requestId, expiresAt: Date.parse(asked.expiresAt), stage: "pending" as const }
      : { reservationId: asked.reservationId, confirmedAt: now(), stage: "confirmed" as const }),
  };
  book.visits.push(visit);
  follow(life, visit);
}

/** What comes of a booking from here on: first the decision, where there has to be one. */
export function follow(life: Life, visit: Visit): void {
  if (visit.stage === "pending") planDecision(life, visit);
  else planFate(life, visit);
}

/** What becomes of a request: mostly the doctor approves, some are turned down or withdrawn, and some are forgotten. */
function planDecision(life: Life, visit: Visit): void {
  const { chance, plans, now, turns, office } = life;
  const requestId = visit.requestId!;
  const params = { requestId };
  const at = now() + chance.between(5, 480) * MINUTE;
  const { organizationId } = visit.calendar;
  const end = (what: string, stage: Stage, deed: () => Promise<unknown>): void =>
    plans.add(at, async () => {
      if (await tried(life, what, deed)) close(life, visit, stage);
    });
  switch (turns.decision()) {
    case "approve":
      plans.add(at, () => approve(life, visit));
      break;
    case "reject":
      end("reject", "rejected", () =>
        office.call((lines) =>
          lines.admin(organizationId).rejectRequest({
            params,
            body: { reason: "Please see a specialist." },
            idempotencyKey: `reject-${requestId}`,
          }),
        ),
      );
      break;
    case "withdraw":
      end("withdraw", "withdrawn", () =>
        office.call((lines) =>
          lines
            .holder(visit.linkToken)
            .cancelRequest({ params, body: {}, idempotencyKey: `withdraw-${requestId}` }),
        ),
      );
      break;
    case "forget":
      break;
  }
}

async function approve(life: Life, visit: Visit): Promise<void> {
  const { office, now } = life;
  const requestId = visit.requestId!;
  const approved = await tried(life, "approve", () =>
    office.call((lines) =>
      lines.admin(visit.calendar.organizationId).approveRequest({
        params: { requestId },
        body: {},
        idempotencyKey: `approve-${requestId}`,
      }),
    ),
  );
  if (!approved) return;
  visit.stage = "confirmed";
  visit.confirmedAt = now();
  visit.reservationId = approved.reservationId;
  planFate(life, visit);
}

const changed: Readonly<Record<Change, (life: Life, visit: Visit) => Promise<void>>> = {
  cancel,
  "cancel by clinic": cancelByClinic,
  move,
};

/** What becomes of a visit that is agreed. */
function planFate(life: Life, visit: Visit): void {
  const { chance, plans, now, turns } = life;
  const before = Math.max(visit.start - now(), 0);
  const sometime = now() + Math.floor(before * chance.next());
  const hasDeposit = depositFor(firstOf(visit)) > 0;
  const change = turns.change(hasDeposit);
  if (change) plans.add(sometime, () => changed[change](life, visit));
  const endOfVisit = visit.start + visit.service.duration * MINUTE;
  const outcome = chance.next();
  if (outcome < 0.8)
    plans.add(endOfVisit + chance.between(0, 40) * MINUTE, () => conclude(life, visit, outcome));
  if (!visit.movedFrom && hasDeposit) planPayment(life, visit);
  if (!visit.movedFrom) mayWantEarlier(life, visit);
  planAnswers(life, visit);
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
