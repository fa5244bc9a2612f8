import type { Message } from "@turno/local/providers";
import { count, type Offered, type Person, type Reply, type Visit, type Waiting } from "./book.ts";
import { isTaken, type Life, tried } from "./life.ts";
import { lookLater, type Seen, write } from "./phones.ts";
import { DAY, QUARTER } from "./time.ts";
import type { Offer } from "./town.ts";
import { cancel } from "./visits.ts";
import { wallClock } from "./wall.ts";
import { words } from "./words.ts";

/** Some who have a visit would rather have an earlier one, where nobody has to approve it. */
export function mayWantEarlier(life: Life, visit: Visit): void {
  const { plans, now, turns } = life;
  if (visit.service.needsApproval || visit.start < now() + DAY || !turns.wantsEarlier()) return;
  plans.add(now() + QUARTER, () => wait(life, visit, visit.service, visit));
}

/** Joins the waiting list of a doctor, and leaves it again when nothing comes of it for long. */
export async function wait(life: Life, person: Person, service: Offer, has?: Visit): Promise<void> {
  const { office, book, chance, plans, now, end } = life;
  if (has && (has.stage !== "confirmed" || isTaken(life, has))) return;
  const { name, phone, email, calendar } = person;
  const dateOf = (millis: number): string => wallClock(calendar.zone)(millis).date;
  const from = dateOf(now());
  const to = dateOf(has ? has.start - DAY : Math.min(now() + chance.between(3, 9) * DAY, end + 3 * DAY));
  const what = has ? "want an earlier time" : "wait";
  const joined = await tried(life, what, () =>
    office.call(({ anybody }) =>
      anybody.joinWaitlist({
        body: {
          ...{ profileId: calendar.profileId, serviceId: service.serviceId, from, to },
          ...{ patientName: name, patientPhone: phone, patientEmail: email, language: calendar.language },
          urgencyLevel: chance.pick(["normal", "normal", "high"] as const),
        },
        idempotencyKey: `wait-${phone}`,
      }),
    ),
  );
  if (!joined) return;
  const waiting: Waiting = {
    ...{ name, phone, email, calendar, service, from, to, offers: [], told: 0, stage: "waiting" },
    ...{ ...joined, joinedAt: now() },
    ...(has && { has }),
  };
  book.waiting.push(waiting);
  if (chance.happens(0.15)) plans.add(now() + chance.between(QUARTER, 3 * DAY), () => leave(life, waiting));
}

async function leave(life: Life, waiting: Waiting): Promise<void> {
  if (waiting.stage !== "waiting" || isTaken(life, waiting)) return;
  const { office, now } = life;
  const { entryId, linkToken } = waiting;
  const left = await tried(life, "leave the list", async () => {
    await office.call((lines) => lines.holder(linkToken).leaveWaitlist({ params: { entryId } }));
    return true;
  });
  if (!left) return;
  waiting.stage = "left";
  const open = waiting.offers.at(-1);
  if (open && !open.answer && now() < open.until) answered(open, "left", now());
}

function answered(offer: Offered, answer: NonNullable<Offered["answer"]>, at: number): void {
  offer.answer = answer;
  offer.answeredAt = at;
}

const isOffer = ({ body, fate }: Message): boolean =>
  fate.status === "delivered" && body.includes("/waitlist#lnk_");

/** Those who were offered a time read of it and answer. */
export function readersOf(life: Life, messages: readonly Message[]): (() => Promise<void>)[] {
  return messages.filter(isOffer).flatMap((message) => {
    const waiting = life.book.waiting.find(({ phone, email }) => [phone, email].includes(message.to));
    if (!waiting) return [];
    waiting.told += 1;
    return [() => read(life, waiting, message)];
  });
}

/** An offer, and the message that told of it. */
interface Told {
  readonly offered: Offered;
  readonly message: Message;
}

async function read(life: Life, waiting: Waiting, message: Message): Promise<void> {
  const { book } = life;
  const { offer } = await seenBy(life, waiting);
  if (!offer) return count(book, "offer: ended before it was read");
  const { offerId } = offer;
  if (waiting.offers.some((known) => known.offerId === offerId)) return;
  const offered: Offered = {
    offerId,
    start: Date.parse(offer.startTime),
    seenAt: Date.parse(message.receivedAt),
    until: Date.parse(offer.expiresAt),
  };
  waiting.offers.push(offered);
  count(book, "offer");
  if (!isTaken(life, waiting)) await respond(life, waiting, { offered, message });
}

const seenBy = ({ office }: Life, { linkToken, entryId }: Waiting) =>
  office.call((lines) => lines.holder(linkToken).getWaitlistEntry({ params: { entryId } }));

async function respond(life: Life, waiting: Waiting, told: Told): Promise<void> {
  const { now, lastCall, turns } = life;
  const response = turns.response();
  // An answer is known as one by what it quotes.
  const canWrite = told.message.channel === "whatsapp" && now() <= lastCall;
  switch (response) {
    case "accept":
    case "accept in words":
      return canWrite && response !== "accept"
        ? acceptInWords(life, waiting, told)
        : accept(life, waiting, told);
    case "decline":
    case "decline in words":
      return canWrite && response !== "decline"
        ? declineInWords(life, waiting, told)
        : decline(life, waiting, told);
    case "leave":
      return leave(life, waiting);
    case "none":
      return;
  }
}

async function accept(life: Life, waiting: Waiting, { offered }: Told): Promise<void> {
  const { offerId } = offered;
  const booked = await tried(life, "accept an offer", () =>
    life.office.call((lines) =>
      lines.holder(waiting.linkToken).acceptOffer({ params: { offerId }, idempotencyKey: offerId }),
    ),
  );
  if (!booked) return;
  const become =
    booked.status === "pending" ? { ...booked, expiresAt: Date.parse(booked.expiresAt) } : booked;
  await hasBooked(life, waiting, offered, become);
}

/** `at`: when they accepted, where that was not just now. */
type Become = { readonly at?: number } & (
  | { readonly requestId: string; readonly expiresAt: number }
  | { readonly reservationId: string; readonly confirmedAt?: number }
);

/** Writes down what an accepted offer has become; whoever wanted an earlier visit gives up the one that they had. */
async function hasBooked(life: Life, waiting: Waiting, offered: Offered, become: Become): Promise<void> {
  const { name, phone, email, calendar, service, linkToken, has } = waiting;
  const { book, now } = life;
  answered(offered, "accepted", become.at ?? now());
  waiting.stage = "booked";
  const visit: Visit = {
    ...{ name, phone, email, calendar, service, linkToken, start: offered.start, askedAt: now() },
    ...("requestId" in become
      ? { requestId: become.requestId, expiresAt: become.expiresAt, stage: "pending" as const }
      : {
          reservationId: become.reservationId,
          confirmedAt: become.confirmedAt ?? now(),
          stage: "confirmed" as const,
        }),
  };
  book.visits.push(visit);
  life.follow(life, visit);
  if (has) await cancel(life, has);
}

async function decline(life: Life, waiting: Waiting, { offered }: Told): Promise<void> {
  const { offerId } = offered;
  const declined = await tried(life, "decline an offer", () =>
    life.office.call((lines) =>
      lines.holder(waiting.linkToken).declineOffer({ params: { offerId }, idempotencyKey: offerId }),
    ),
  );
  if (declined) answered(offered, "declined", life.now());
}

async function acceptInWords(life: Life, waiting: Waiting, { offered, message }: Told): Promise<void> {
  const text = life.chance.pick(words[waiting.calendar.language].confirm);
  const reply = await write(life, waiting, { message, text, meant: "accept-offer", quotes: true });
  lookLater(life, waiting, (isLast) => isBooked(life, waiting, { offered, reply, isLast }));
}

interface Outcome {
  readonly offered: Offered;
  readonly reply: Reply;
  readonly isLast: boolean;
}

async function isBooked(life: Life, waiting: Waiting, { offered, reply, isLast }: Outcome): Promise<Seen> {
  const { office } = life;
  const { entryId, linkToken, service } = waiting;
  const { status } = await seenBy(life, waiting);
  if (status !== "booked") {
    if (isLast) reply.failure = `${entryId} is ${status}`;
    return "nothing";
  }
  // An entry shares what makes its id with what it becomes.
  const idAs = (prefix: string): string => entryId.replace(/^[^_]+/, prefix);
  const holder = await office.call(async (lines) => lines.holder(linkToken));
  if (service.needsApproval) {
    const requestId = idAs("req");
    const { expiresAt } = await holder.getRequest({ params: { requestId } });
    await hasBooked(life, waiting, offered, { requestId, expiresAt: Date.parse(expiresAt!), at: reply.at });
  } else {
    const reservationId = idAs("res");
    const { createdAt } = await holder.getReservation({ params: { reservationId } });
    await hasBooked(life, waiting, offered, {
      reservationId,
      confirmedAt: Date.parse(createdAt),
      at: reply.at,
    });
  }
  return "done";
}

async function declineInWords(life: Life, waiting: Waiting, { offered, message }: Told): Promise<void> {
  const text = life.chance.pick(words[waiting.calendar.language].cancel);
  const { at } = await write(life, waiting, { message, text, meant: "decline-offer", quotes: true });
  answered(offered, "declined", at);
}
