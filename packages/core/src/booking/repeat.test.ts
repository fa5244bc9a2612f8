import { describe, expect, test } from "vitest";
import { type Operation, operationOf } from "../platform/index.ts";
import { type Service, Slot } from "../scheduling/index.ts";
import {
  anOpenDay,
  anybody,
  ask,
  book,
  doctorOf,
  join,
  known,
  offerSlot,
  once,
  outcomesOf,
  patientOf,
  slotAt,
  type TestContext,
  testContext,
  toldEvents,
} from "../testing/index.ts";
import { Note, Request, Reservation, Waitlist } from "./index.ts";

// Tuesday in Mexico City: 09:00 and 09:20. Tests begin on Monday at 09:00 there.
const NINE = "2026-03-03T15:00:00.000Z";
const TWENTY_PAST = "2026-03-03T15:20:00.000Z";

const given = async (service: Partial<Service.NewService> = {}) => {
  const context = await testContext();
  const day = await anOpenDay(context, "2026-03-03", service);
  return { context, ...day, doctor: doctorOf(day.practice) };
};

/** A patient to whom 09:00 is offered. */
const offered = async (service: Partial<Service.NewService> = {}) => {
  const scene = await given(service);
  const { context, practice } = scene;
  const { entryId } = await join(context, practice, scene.service);
  const made = await offerSlot(context, practice, scene.service, NINE);
  if (made.outcome !== "offered") throw new Error(made.outcome);
  return { ...scene, offerId: made.offerId, patient: patientOf(practice, entryId) };
};

/** The same call each time: what a client sends again whose answer did not arrive. */
const keyed = (context: TestContext, body: unknown = {}): Operation =>
  operationOf(context, "caller and route", "key-1", body);

/** Each verb on a scene of its own, as a function of the operation. */
const verbs: Record<
  string,
  () => Promise<{ context: TestContext; call: (operation: Operation) => Promise<unknown> }>
> = {
  "asking for a slot": async () => {
    const { context, practice, service } = await given();
    return { context, call: (operation) => ask(context, practice, service, NINE, { operation }) };
  },
  "asking for a seat in a group": async () => {
    const { context, practice, service } = await given({ capacity: 2 });
    return { context, call: (operation) => ask(context, practice, service, NINE, { operation }) };
  },
  "booking at once": async () => {
    const { context, practice, service } = await given({ approval: "instant" });
    return {
      context,
      call: (operation) => book(context, practice, service, NINE, { operation, by: anybody }),
    };
  },
  "approving a request": async () => {
    const { context, practice, service, doctor } = await given();
    const { requestId } = await ask(context, practice, service, NINE);
    const changes = { newSlotId: slotAt(practice, service, TWENTY_PAST) };
    return {
      context,
      call: (operation) =>
        Request.approve(context, doctor, known(practice), { requestId, changes, operation }),
    };
  },
  "rejecting a request": async () => {
    const { context, practice, service, doctor } = await given();
    const { requestId } = await ask(context, practice, service, NINE);
    return { context, call: (operation) => Request.reject(context, doctor, { requestId, operation }) };
  },
  "cancelling a request": async () => {
    const { context, practice, service, doctor } = await given({ capacity: 2 });
    const { requestId } = await ask(context, practice, service, NINE);
    return { context, call: (operation) => Request.cancel(context, doctor, { requestId, operation }) };
  },
  "cancelling a reservation": async () => {
    const { context, practice, service, doctor } = await given();
    const { reservationId } = await book(context, practice, service, NINE);
    return {
      context,
      call: (operation) => Reservation.cancel(context, doctor, { reservationId, operation }),
    };
  },
  "moving a reservation": async () => {
    const { context, practice, service, doctor } = await given();
    const { reservationId } = await book(context, practice, service, NINE);
    const slotId = slotAt(practice, service, TWENTY_PAST);
    return {
      context,
      call: async (operation) => {
        const moved = await Reservation.reschedule(context, doctor, known(practice), {
          reservationId,
          slotId,
          operation,
        });
        return Reservation.viewOf(moved);
      },
    };
  },
  "completing a visit": async () => {
    const { context, practice, service, doctor } = await given();
    const { reservationId } = await book(context, practice, service, NINE);
    context.at(NINE);
    return {
      context,
      call: (operation) => Reservation.complete(context, doctor, {}, { reservationId, operation }),
    };
  },
  "marking a no-show": async () => {
    const { context, practice, service, doctor } = await given();
    const { reservationId } = await book(context, practice, service, NINE);
    context.at(NINE);
    return {
      context,
      call: (operation) => Reservation.noShow(context, doctor, { reservationId, operation }),
    };
  },
  "joining the waiting list": async () => {
    const { context, practice, service } = await given();
    return { context, call: (operation) => join(context, practice, service, { operation }) };
  },
  "accepting an offer": async () => {
    const { context, practice, patient, offerId } = await offered({ capacity: 2 });
    return {
      context,
      call: async (operation) => {
        const accepted = await Waitlist.accept(context, patient, known(practice), { offerId, operation });
        return accepted.reservation?.appointmentId ?? accepted.request?.expiresAt;
      },
    };
  },
  "accepting an offer that books": async () => {
    const { context, practice, patient, offerId } = await offered({ approval: "instant" });
    return {
      context,
      call: async (operation) => {
        const accepted = await Waitlist.accept(context, patient, known(practice), { offerId, operation });
        return accepted.reservation?.appointmentId ?? accepted.request?.expiresAt;
      },
    };
  },
  "declining an offer": async () => {
    const { context, patient, offerId } = await offered();
    return { context, call: (operation) => Waitlist.decline(context, patient, { offerId, operation }) };
  },
  "writing a note": async () => {
    const { context, practice, service, doctor } = await given();
    const { reservationId } = await book(context, practice, service, NINE);
    const note = { type: "clinical" as const, text: "Reposo" };
    return { context, call: (operation) => Note.add(context, doctor, reservationId, note, operation) };
  },
};

describe.each(Object.entries(verbs))("%s", (_, scene) => {
  test("again answers the same and changes nothing more", async () => {
    const { context, call } = await scene();
    const first = await call(keyed(context));
    const told = await toldEvents(context);
    expect(await call(keyed(context))).toEqual(first);
    expect(await toldEvents(context)).toEqual(told);
  });

  test("again while the first call is still under way answers the same", async () => {
    const { context, call } = await scene();
    const before = (await toldEvents(context)).length;
    const answers = await Promise.all([1, 2, 3].map(() => call(keyed(context))));
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    const told = (await toldEvents(context)).slice(before);
    expect(told).toEqual([...new Set(told)]);
  });

  test("with the same key and another body is refused", async () => {
    const { context, call } = await scene();
    await call(keyed(context));
    expect(await outcomesOf([call(keyed(context, { other: true }))])).toEqual(["idempotency-key-reused"]);
  });
});

describe("a repeated wish is answered", () => {
  test("also when it would come too late by now", async () => {
    const { context, practice, service } = await given();
    const operation = keyed(context);
    const first = await ask(context, practice, service, NINE, { operation });
    context.at("2026-03-03T14:30:00.000Z");
    expect(await ask(context, practice, service, NINE, { operation })).toEqual(first);
    context.at(TWENTY_PAST);
    expect((await ask(context, practice, service, NINE, { operation })).requestId).toBe(first.requestId);
  });

  test("also when the group is full by now, its service longer or its slot gone", async () => {
    const { context, practice, service } = await given({ capacity: 2, approval: "instant" });
    const operation = keyed(context);
    const first = await book(context, practice, service, NINE, { operation });
    await book(context, practice, service, NINE);
    expect(await book(context, practice, service, NINE, { operation })).toEqual(first);
    const longer = { ...service, duration: 40 };
    expect(await book(context, practice, longer, NINE, { operation })).toEqual(first);
  });

  test("with what became of it since", async () => {
    const { context, practice, service, doctor } = await given();
    const operation = keyed(context);
    const { requestId } = await ask(context, practice, service, NINE, { operation });
    await Request.reject(context, doctor, { requestId, operation: once(context) });
    expect(await ask(context, practice, service, NINE, { operation })).toMatchObject({
      requestId,
      status: "rejected",
    });
    const { taken } = await Slot.get(context, Slot.slotKeyOf(slotAt(practice, service, NINE)));
    expect(taken).toBe(0);
  });

  test("not to another caller who happens to use the same key", async () => {
    const { context, practice, service } = await given();
    const mine = operationOf(context, "lucia", "key-1", {});
    const yours = operationOf(context, "diego", "key-1", {});
    await ask(context, practice, service, NINE, { operation: mine });
    await expect(ask(context, practice, service, NINE, { operation: yours })).rejects.toMatchObject({
      type: "slot-taken",
    });
  });
});
