import { count, isOpen, type Meant, type Person, type Reply, type Visit } from "./book.ts";
import type { Answer } from "./habits.ts";
import { isTaken, type Life } from "./life.ts";
import { lookLater, onPhone, type Seen, write } from "./phones.ts";
import { HOUR, QUARTER } from "./time.ts";
import { hasMoved } from "./visits.ts";
import { wallClock } from "./wall.ts";
import { numbered, words } from "./words.ts";

const REMINDED = [72, 24, 2];

/** Some answer a reminder, half an hour or so after it came. */
export function planAnswers(life: Life, visit: Visit): void {
  const { chance, plans, now } = life;
  for (const hours of REMINDED) {
    const at = visit.start - hours * HOUR;
    if (at > now()) plans.add(at + chance.between(1, 3) * QUARTER, () => mayAnswer(life, visit));
  }
}

/** Whoever has one visit before them and waits for none may answer: what they mean is plain. */
async function mayAnswer(life: Life, visit: Visit): Promise<void> {
  const { book, turns, now, lastCall } = life;
  const isTheirs = ({ phone }: Person) => phone === visit.phone;
  const others = book.visits.filter((other) => other !== visit && isTheirs(other));
  const hasMore = book.waiting.some(isTheirs) || others.some(isOpen);
  if (hasMore || book.stops.has(visit.phone) || now() > lastCall) return;
  if (visit.stage !== "confirmed" || isTaken(life, visit)) return;
  const answer = turns.answer(isNear(life, visit));
  if (answer) await writeBack(life, visit, answer);
}

/** Whether it is too late for another time. */
const isNear = ({ now }: Life, { start }: Visit): boolean => now() > start - 5 * HOUR;

const meant: Readonly<Record<Answer, Meant>> = {
  confirm: "confirm",
  cancel: "cancel",
  reschedule: "reschedule",
  stop: "stop",
  nonsense: "read",
};

async function writeBack(life: Life, visit: Visit, answer: Answer): Promise<void> {
  const { book, chance, now } = life;
  visit.isBusy = true;
  const message = (await onPhone(life, visit)).at(-1);
  visit.isBusy = false;
  if (!message) return count(book, "reply: to nothing");
  const reply = await write(life, visit, {
    message,
    text: chance.pick(words[visit.calendar.language][answer]),
    meant: meant[answer],
    quotes: message.channel === "whatsapp" && chance.happens(0.5),
  });
  switch (answer) {
    case "cancel":
      lookLater(life, visit, (isLast) => isCancelled(life, visit, reply, isLast));
      break;
    case "reschedule":
      // Nearer to it they are told so.
      if (!isNear(life, visit)) lookLater(life, visit, (isLast) => choose(life, visit, isLast));
      break;
    case "confirm":
      visit.comingAt = now();
      break;
    case "stop":
      book.stops.set(visit.phone, now());
      break;
    case "nonsense":
      break;
  }
}

const seenBy = ({ office }: Life, { linkToken, reservationId }: Visit) =>
  office.call((lines) =>
    lines.holder(linkToken).getReservation({ params: { reservationId: reservationId! } }),
  );

async function isCancelled(life: Life, visit: Visit, reply: Reply, isLast: boolean): Promise<Seen> {
  const { status, endedAt } = await seenBy(life, visit);
  if (status !== "cancelled") {
    if (isLast) reply.failure = `${visit.reservationId} is ${status}`;
    return "nothing";
  }
  Object.assign(visit, { stage: "cancelled", endedAt: Date.parse(endedAt!), cancelledBy: "patient" });
  return "done";
}

/** Chooses one of the times that were offered, by its number. */
async function choose(life: Life, visit: Visit, isLast: boolean): Promise<Seen> {
  const { book, chance } = life;
  const message = (await onPhone(life, visit)).at(-1)!;
  const times = timesIn(message.body);
  if (times.length === 0) {
    if (isLast) count(book, "reply: no time was offered");
    return "nothing";
  }
  const number = chance.between(1, times.length);
  const text = chance.pick(numbered[visit.calendar.language])(number);
  const reply = await write(life, visit, { message, text, meant: "move", quotes: false });
  const line = times[number - 1]!;
  lookLater(life, visit, (last) => isMoved(life, visit, { reply, line, isLast: last }));
  return "done";
}

const timesIn = (body: string): string[] => body.split("\n").filter((line) => /^\d\) /.test(line));

interface Choice {
  readonly reply: Reply;
  /** As it was offered. */
  readonly line: string;
  readonly isLast: boolean;
}

async function isMoved(life: Life, visit: Visit, { reply, line, isLast }: Choice): Promise<Seen> {
  const { office, book } = life;
  const { rescheduledTo } = await seenBy(life, visit);
  const received = await onPhone(life, visit);
  if (!rescheduledTo) {
    const { receivedAt, body } = received.at(-1)!;
    // The time was taken meanwhile: they stay with the one that they have.
    const hasOthers = Date.parse(receivedAt) > reply.at && timesIn(body).length > 0;
    if (hasOthers) count(book, "reply: the time was gone");
    else if (isLast) reply.failure = `${visit.reservationId} has not moved`;
    return hasOthers ? "done" : "nothing";
  }
  const { appointmentTime, createdAt } = await office.call((lines) =>
    lines.admin(visit.calendar.organizationId).getReservation({ params: { reservationId: rescheduledTo } }),
  );
  const start = Date.parse(appointmentTime);
  if (!line.includes(timeOfDay(start, visit))) reply.failure = `${rescheduledTo} is not at ${line}`;
  const [linkToken] = received.flatMap(({ body }) => body.match(/lnk_[\w.-]+/g) ?? []).reverse();
  hasMoved(life, visit, {
    ...{ reservationId: rescheduledTo, start, at: Date.parse(createdAt) },
    linkToken: linkToken!,
  });
  return "done";
}

/** As a message has it: in English by twelve hours, elsewhere with two digits. */
function timeOfDay(millis: number, { calendar: { zone, language } }: Visit): string {
  const { time } = wallClock(zone)(millis);
  const [hours, minutes] = time.split(":").map(Number) as [number, number];
  return language === "en" ? `${hours % 12 || 12}:${String(minutes).padStart(2, "0")}` : time;
}
