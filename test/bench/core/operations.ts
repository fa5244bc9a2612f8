import { Note, Request, Reservation, Timeline } from "@turno/core/booking";
import { idFrom, Outbox } from "@turno/core/platform";
import { Generation, Listing } from "@turno/core/scheduling";
import {
  aPractice,
  ask,
  book,
  doctorOf,
  known,
  offer,
  once,
  openDaily,
  patientOf,
  slotAt,
  type TestContext,
} from "@turno/core/testing";
import type { Gauge, Reading } from "./gauge.ts";
import type { Writing } from "./writing.ts";

/** Wednesday to Friday, on which the calendar of Mexico City (UTC-6) is open from 09:00 to 13:00. */
const WEDNESDAY = "2026-03-04";
const THURSDAY = "2026-03-05";
const FRIDAY = "2026-03-06";

const at = (date: string, wallTime: string): string => new Date(`${date}T${wallTime}:00-06:00`).toISOString();

/**
 * Does everything once that the platform is asked to do with a calendar, and reads what each costs: by name, in this
 * order. Half of Wednesday is booked when it is listed the last time, and a day has passed.
 */
export async function readOperations(
  context: TestContext,
  gauge: Gauge,
  { practice: names, serviceName, wish }: Writing,
): Promise<Map<string, Reading>> {
  const readings = new Map<string, Reading>();
  const read = async <Answer>(name: string, call: () => Promise<Answer>): Promise<Answer> => {
    let answer: Answer | undefined;
    readings.set(
      name,
      await gauge.read(async () => {
        answer = await call();
      }),
    );
    return answer as Answer;
  };

  const practice = aPractice(context, names);
  const doctor = doctorOf(practice);
  const brief = await offer(context, practice, { name: serviceName });
  const review = await offer(context, practice, { name: serviceName, duration: 45, bufferAfter: 10 });
  const instant = await offer(context, practice, { name: serviceName, duration: 30, approval: "instant" });
  const group = await offer(context, practice, { name: serviceName, duration: 60, capacity: 20 });
  await openDaily(context, practice);
  const operation = () => once(context);
  const asked = (service: typeof brief, start: string) => ask(context, practice, service, start, { wish });
  const booked = (service: typeof brief, start: string) => book(context, practice, service, start, { wish });
  const approved = async (requestId: string) =>
    (await Request.approve(context, doctor, known(practice), { requestId, operation: operation() }))
      .reservationId;
  const cancelled = (reservationId: string) =>
    Reservation.cancel(context, doctor, { reservationId, operation: operation() });
  const moved = (reservationId: string, start: string, service = brief) =>
    Reservation.reschedule(context, doctor, known(practice), {
      reservationId,
      slotId: slotAt(practice, service, start),
      operation: operation(),
    });

  await read("generate a day, 29 slots", () =>
    Generation.generate(context, practice, { from: WEDNESDAY, to: WEDNESDAY }),
  );
  await read("generate it again", () =>
    Generation.generate(context, practice, { from: WEDNESDAY, to: WEDNESDAY }),
  );
  await Generation.generate(context, practice, { from: THURSDAY, to: FRIDAY });
  const day = { from: at(WEDNESDAY, "00:00"), to: at(THURSDAY, "00:00"), limit: 200 };
  await read("list the first day", () => Listing.list(context, practice, day));
  await read("list a day", () => Listing.list(context, practice, day));

  const { requestId } = await read("request", () => asked(brief, at(WEDNESDAY, "09:00")));
  await read("look at a request", () => Request.view(context, doctor, requestId));
  const reservationId = await read("approve", () => approved(requestId));
  await read("look at a reservation", () => Reservation.view(context, doctor, reservationId));
  await read("remind", () => Reservation.remind(context, doctor, { reservationId, operation: operation() }));
  await read("write a note", () =>
    Note.add(context, doctor, reservationId, { type: "clinical", text: "Presión 120/80." }, operation()),
  );
  const sameHour = await read("reschedule in the hour", () => moved(reservationId, at(WEDNESDAY, "09:20")));
  const otherHour = await read("reschedule to another hour", () =>
    moved(idFrom("reservation", sameHour.appointmentId), at(WEDNESDAY, "11:00")),
  );
  await read("cancel", () => cancelled(idFrom("reservation", otherHour.appointmentId)));
  const byPatient = await booked(brief, at(WEDNESDAY, "09:00"));
  await read("cancel by the patient", () =>
    Reservation.cancel(context, patientOf(practice, byPatient.reservationId), {
      reservationId: byPatient.reservationId,
      operation: operation(),
    }),
  );

  const turnedDown = await asked(brief, at(WEDNESDAY, "09:00"));
  await read("reject", () =>
    Request.reject(context, doctor, { ...turnedDown, reason: "No hay consulta", operation: operation() }),
  );
  const takenBack = await asked(brief, at(WEDNESDAY, "09:00"));
  await read("cancel a request", () =>
    Request.cancel(context, patientOf(practice, takenBack.requestId), {
      ...takenBack,
      operation: operation(),
    }),
  );

  await read("book at once", () => booked(instant, at(WEDNESDAY, "10:00")));
  const twoHours = await read("request over two hours", () => asked(review, at(THURSDAY, "09:45")));
  const longVisit = await read("approve over two hours", () => approved(twoHours.requestId));
  const longMove = await read("reschedule over two hours", () =>
    moved(longVisit, at(THURSDAY, "11:15"), review),
  );
  await read("cancel over two hours", () => cancelled(idFrom("reservation", longMove.appointmentId)));

  const first = await read("first seat of a group", () => booked(group, at(FRIDAY, "10:00")));
  const next = await read("next seat of a group", () => booked(group, at(FRIDAY, "10:00")));
  await read("cancel a seat of a group", () => cancelled(next.reservationId));
  await read("cancel the last seat", () => cancelled(first.reservationId));

  await asked(brief, at(THURSDAY, "10:00"));
  await read("inbox", () => Request.inbox(context, doctor, practice, { status: "pending", limit: 50 }));
  const seen = await booked(brief, at(WEDNESDAY, "09:00"));
  const missed = await booked(brief, at(WEDNESDAY, "09:20"));
  const agenda = { from: WEDNESDAY, to: WEDNESDAY };
  await read("agenda of a day", () => Reservation.agenda(context, doctor, practice, agenda));
  await read("patient's timeline", () => Timeline.of(context, doctor, seen.patientId, { limit: 50 }));
  await read("due requests, none", () => Request.due(context, context.now()));
  const facts = await Outbox.waiting(context, 0);
  await read("relay one event", () => Outbox.relay(context, async () => undefined, facts.slice(0, 1)));
  await read("look for overdue events, none", () => Outbox.waiting(context, 120));

  // A day passes: what was asked has expired, and Wednesday's visits have begun.
  const overdue = await asked(brief, at(FRIDAY, "11:00"));
  const overtaken = await asked(brief, at(FRIDAY, "11:20"));
  context.at(at(WEDNESDAY, "12:30"));
  await read("expire", () => Request.expire(context, known(practice), overdue.requestId));
  await read("request where a hold has ended", () => asked(brief, overtaken.requestedTime));
  const ending = (id: string) => ({ reservationId: id, operation: operation() });
  await read("complete", () =>
    Reservation.complete(context, doctor, { followUpRequired: true }, ending(seen.reservationId)),
  );
  await read("no-show", () => Reservation.noShow(context, doctor, ending(missed.reservationId)));
  await read("list a day that is nearly over", () => Listing.list(context, practice, day));
  return readings;
}
