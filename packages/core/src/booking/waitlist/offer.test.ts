import { describe, expect, test } from "vitest";
import { plus } from "../../platform/index.ts";
import { Slot } from "../../scheduling/index.ts";
import {
  anOpenDay,
  anybody,
  ask,
  book,
  doctorOf,
  factsOf,
  freeTimes,
  join,
  known,
  offerSlot,
  once,
  outcomesOf,
  patientOf,
  rowsOf,
  slotAt,
  testContext,
  toldEvents,
} from "../../testing/index.ts";
import { Request, Reservation, Waitlist } from "../index.ts";

// Tuesday in Mexico City, where tests begin on Monday at 09:00.
const TUESDAY = "2026-03-03";
const NINE = "2026-03-03T15:00:00.000Z";
const TWENTY_PAST = "2026-03-03T15:20:00.000Z";

/** Lucía waits, and after her Mateo; the offer of 09:00 is made to her on Monday at 09:00. */
const given = async (service: Parameters<typeof anOpenDay>[2] = { approval: "instant" }) => {
  const context = await testContext();
  const day = await anOpenDay(context, TUESDAY, service);
  const { practice } = day;
  const lucia = await join(context, practice, day.service);
  context.pass({ minutes: 1 });
  const mateo = await join(context, practice, day.service, { wish: { patientName: "Mateo Cruz" } });
  context.at("2026-03-02T15:00:00.000Z");
  return { context, ...day, lucia, mateo, doctor: doctorOf(practice) };
};

type Given = Awaited<ReturnType<typeof given>>;

/** The same, with the offer made. */
const offered = async (service?: Parameters<typeof anOpenDay>[2]) => {
  const scene = await given(service);
  const { context, practice, lucia } = scene;
  const round = await offerSlot(context, practice, scene.service, NINE);
  if (round.outcome !== "offered") throw new Error(round.outcome);
  return { ...scene, offerId: round.offerId, patient: patientOf(practice, lucia.entryId) };
};

const accept = ({ context, practice, patient, offerId }: Awaited<ReturnType<typeof offered>>) =>
  Waitlist.accept(context, patient, known(practice), { offerId, operation: once(context) });
const decline = ({ context, patient, offerId }: Awaited<ReturnType<typeof offered>>) =>
  Waitlist.decline(context, patient, { offerId, operation: once(context) });

const slotOf = ({ context, practice, service }: Given, start = NINE) =>
  Slot.get(context, Slot.slotKeyOf(slotAt(practice, service, start)));

const grainsOf = async ({ context }: Given) =>
  (await rowsOf(context, "hour")).flatMap((hour) =>
    Object.entries(hour).flatMap(([name, owner]) => (/^g\d+$/.test(name) ? [owner] : [])),
  );

const statusOf = async ({ context }: Given, entryId: string) =>
  Waitlist.statusAt(await Waitlist.get(context, entryId), context.now());

describe("an offer", () => {
  test("goes to whoever has waited longest, and is told", async () => {
    const scene = await offered();
    const { context, practice, service, lucia, offerId } = scene;
    expect(Waitlist.offerKeyOf(offerId)).toEqual({ entryId: lucia.entryId, start: NINE });
    const expiresAt = "2026-03-02T15:30:00.000Z";
    expect(await factsOf(context, "waitlist/offered")).toMatchObject([
      { about: lucia.entryId, data: { slotId: slotAt(practice, service, NINE), expiresAt } },
    ]);
    const view = await Waitlist.view(context, patientOf(practice, lucia.entryId), lucia.entryId);
    expect(view).toMatchObject({ status: "offered", offer: { offerId, startTime: NINE, expiresAt } });
  });

  test("holds the time, so that nobody else can book it or ask for it", async () => {
    const scene = await offered();
    const { context, practice, service } = scene;
    expect(await freeTimes(context, practice, TUESDAY)).not.toContain("09:00");
    const tries = [book(context, practice, service, NINE), ask(context, practice, service, NINE)];
    expect(await outcomesOf(tries)).toEqual(["slot-taken", "slot-taken"]);
  });

  test("that has ended holds nothing, and whoever books the time ends it in passing", async () => {
    const scene = await offered();
    const { context, practice, service, lucia } = scene;
    context.pass({ minutes: 30 });
    expect(await freeTimes(context, practice, TUESDAY)).toContain("09:00");
    expect(await statusOf(scene, lucia.entryId)).toBe("waiting");
    await book(context, practice, service, NINE);
    expect(await slotOf(scene)).toMatchObject({ taken: 1, holds: [] });
    expect((await Waitlist.get(context, lucia.entryId)).status).toBe("waiting");
    expect((await toldEvents(context)).slice(-2)).toEqual([
      "waitlist/lapsed slot/released",
      "reservation/created",
    ]);
    await expect(accept(scene)).rejects.toMatchObject({ type: "offer-ended", facts: { status: "waiting" } });
  });

  test("is one for one occasion, however often it is asked for", async () => {
    const scene = await given();
    const { context, practice, service } = scene;
    const first = await offerSlot(context, practice, service, NINE, { round: "r" });
    expect(await offerSlot(context, practice, service, NINE, { round: "r" })).toEqual(first);
    expect(await offerSlot(context, practice, service, NINE)).toEqual({ outcome: "not-free" });
    expect(await factsOf(context, "waitlist/offered")).toHaveLength(1);
  });

  test("of one time is made to nobody twice, and nobody has two at once", async () => {
    const scene = await offered();
    const { context, practice, service, mateo } = scene;
    await decline(scene);
    expect(await offerSlot(context, practice, service, NINE)).toMatchObject({ outcome: "offered" });
    expect(await statusOf(scene, mateo.entryId)).toBe("offered");
    await Waitlist.leave(context, patientOf(practice, mateo.entryId), mateo.entryId);
    expect(await offerSlot(context, practice, service, NINE)).toEqual({ outcome: "nobody" });
    expect(await offerSlot(context, practice, service, TWENTY_PAST)).toMatchObject({ outcome: "offered" });
    const later = "2026-03-03T15:40:00.000Z";
    expect(await offerSlot(context, practice, service, later)).toEqual({ outcome: "nobody" });
  });

  test("of another time gives back first what an ended one still holds", async () => {
    const scene = await offered();
    const { context, practice, service, mateo } = scene;
    await Waitlist.leave(context, patientOf(practice, mateo.entryId), mateo.entryId);
    context.pass({ minutes: 30 });
    expect(await offerSlot(context, practice, service, TWENTY_PAST)).toMatchObject({ outcome: "offered" });
    expect(await slotOf(scene)).toMatchObject({ taken: 0, holds: [] });
    expect(new Set(await grainsOf(scene))).toEqual(new Set([scene.lucia.entryId.slice(4)]));
    expect(await grainsOf(scene)).toHaveLength(4);
  });

  test("ends at the latest when the notice of a visit begins, and is not made when little is left", async () => {
    const scene = await given();
    const { context, practice, service, lucia } = scene;
    context.at("2026-03-03T13:45:00.000Z");
    await offerSlot(context, practice, service, NINE);
    expect((await Waitlist.get(context, lucia.entryId)).offer?.expiresAt).toBe("2026-03-03T14:00:00.000Z");
    context.at("2026-03-03T14:11:00.000Z");
    expect(await offerSlot(context, practice, service, TWENTY_PAST)).toEqual({ outcome: "too-near" });
  });

  test("is not made of a time that is taken, closed, past or beyond the horizon", async () => {
    const scene = await given();
    const { context, practice, service, doctor } = scene;
    await book(context, practice, service, NINE);
    await Slot.block(context, doctor, Slot.slotKeyOf(slotAt(practice, service, TWENTY_PAST)));
    const none = { outcome: "not-free" };
    expect(await offerSlot(context, practice, service, NINE)).toEqual(none);
    expect(await offerSlot(context, practice, service, TWENTY_PAST)).toEqual(none);
    const far = { ...practice, horizonDays: 1 };
    expect(await offerSlot(context, far, service, "2026-03-03T18:40:00.000Z")).toEqual(none);
    context.at(NINE);
    expect(await offerSlot(context, practice, service, NINE)).toEqual(none);
  });

  test("passes over whoever has booked the service with the doctor meanwhile, until that is cancelled", async () => {
    const scene = await given();
    const { context, practice, service, lucia, mateo, doctor } = scene;
    context.pass({ minutes: 5 });
    const { reservationId } = await book(context, practice, service, TWENTY_PAST);
    await offerSlot(context, practice, service, NINE);
    expect(await statusOf(scene, lucia.entryId)).toBe("waiting");
    expect(await statusOf(scene, mateo.entryId)).toBe("offered");
    await Reservation.cancel(context, doctor, { reservationId, operation: once(context) });
    await offerSlot(context, practice, service, TWENTY_PAST);
    expect(await statusOf(scene, lucia.entryId)).toBe("offered");
  });

  test("does not pass over whoever had booked before they began to wait", async () => {
    const context = await testContext();
    const { practice, service } = await anOpenDay(context, TUESDAY);
    await book(context, practice, service, TWENTY_PAST);
    context.pass({ minutes: 5 });
    const { entryId } = await join(context, practice, service);
    await offerSlot(context, practice, service, NINE);
    expect((await Waitlist.get(context, entryId)).status).toBe("offered");
  });

  test("passes over whoever has asked and waits for the doctor", async () => {
    const scene = await given({});
    const { context, practice, service, lucia, doctor } = scene;
    context.pass({ minutes: 5 });
    const { requestId } = await ask(context, practice, service, TWENTY_PAST);
    await offerSlot(context, practice, service, NINE);
    expect(await statusOf(scene, lucia.entryId)).toBe("waiting");
    await Request.reject(context, doctor, { requestId, operation: once(context) });
    await offerSlot(context, practice, service, TWENTY_PAST);
    expect(await statusOf(scene, lucia.entryId)).toBe("offered");
  });
});

describe("somebody who may not be disturbed now", () => {
  const round = ({ context, practice, service }: Given, until: string, awaited: string[] = []) =>
    Waitlist.offerNext(context, practice, {
      slotId: slotAt(practice, service, NINE),
      round: "r",
      quietUntil: async ({ patientName }) => (patientName === "Mateo Cruz" ? undefined : until),
      awaited,
    });

  test("is waited for, while the time stays open to everybody", async () => {
    const scene = await given();
    const { context, practice, lucia } = scene;
    const until = "2026-03-02T20:00:00.000Z";
    expect(await round(scene, until)).toEqual({ outcome: "asleep", entryId: lucia.entryId, until });
    expect(await freeTimes(context, practice, TUESDAY)).toContain("09:00");
  });

  test("is waited for once, and then passed over", async () => {
    const scene = await given();
    const { lucia, mateo } = scene;
    const outcome = await round(scene, "2026-03-02T20:00:00.000Z", [lucia.entryId]);
    expect(outcome).toMatchObject({ outcome: "offered" });
    expect(await statusOf(scene, mateo.entryId)).toBe("offered");
  });

  test("is passed over when no time would be left to answer", async () => {
    const scene = await given();
    expect(await round(scene, "2026-03-03T13:55:00.000Z")).toMatchObject({ outcome: "offered" });
    expect(await statusOf(scene, scene.mateo.entryId)).toBe("offered");
  });
});

test("time that passes while somebody is looked for keeps nobody from being asked", async () => {
  const scene = await given();
  const { context, practice, service, lucia } = scene;
  const read = context.now;
  const ticking = {
    ...context,
    now() {
      context.pass({ seconds: 1 });
      return read();
    },
  };
  expect(await offerSlot(ticking, practice, service, NINE)).toMatchObject({ outcome: "offered" });
  expect(await statusOf(scene, lucia.entryId)).toBe("offered");
});

describe("an accepted offer", () => {
  test("is a visit at once where no approval is needed, and the ledger is not touched", async () => {
    const scene = await offered();
    const { context, practice, lucia } = scene;
    const before = await grainsOf(scene);
    const { reservation } = await accept(scene);
    expect(reservation).toMatchObject({ start: NINE, status: "confirmed", patientName: "Lucía Ramírez" });
    expect(reservation?.appointmentId).toBe(lucia.entryId.slice(4));
    expect(await grainsOf(scene)).toEqual(before);
    expect(await slotOf(scene)).toMatchObject({ taken: 1, holds: [] });
    expect(await statusOf(scene, lucia.entryId)).toBe("booked");
    expect((await toldEvents(context)).at(-1)).toBe("waitlist/accepted reservation/created");
    const reservationId = lucia.entryId.replace("wte_", "res_");
    const own = await Reservation.view(context, patientOf(practice, lucia.entryId), reservationId);
    expect(own.appointmentTime).toBe(NINE);
  });

  test("asks the doctor where approval is needed, and the time stays held without a gap", async () => {
    const scene = await offered({});
    const { context, practice, doctor, lucia } = scene;
    const before = await grainsOf(scene);
    context.pass({ minutes: 29 });
    const { request } = await accept(scene);
    expect(request).toMatchObject({ status: "pending", start: NINE });
    expect(await grainsOf(scene)).toEqual(before);
    expect(await slotOf(scene)).toMatchObject({ taken: 1, holds: [{ expiresAt: request?.expiresAt }] });
    expect((await toldEvents(context)).at(-1)).toBe("waitlist/accepted reservation/request-created");
    const requestId = lucia.entryId.replace("wte_", "req_");
    await Request.approve(context, doctor, known(practice), { requestId, operation: once(context) });
    expect(await slotOf(scene)).toMatchObject({ taken: 1, holds: [] });
  });

  test("is a visit at once for whom the care team put on the list", async () => {
    const context = await testContext();
    const { practice, service } = await anOpenDay(context, TUESDAY);
    const { entryId } = await join(context, practice, service, { by: doctorOf(practice) });
    await offerSlot(context, practice, service, NINE);
    const offerId = (await Waitlist.view(context, doctorOf(practice), entryId)).offer!.offerId;
    const accepted = await Waitlist.accept(context, patientOf(practice, entryId), known(practice), {
      ...{ offerId, operation: once(context) },
    });
    expect(accepted.reservation).toMatchObject({ status: "confirmed" });
  });

  test("costs what it cost when it was offered", async () => {
    const scene = await offered();
    const { reservation } = await accept(scene);
    expect(reservation).toMatchObject({ price: 60_000, currency: "MXN", end: plus(NINE, { minutes: 20 }) });
  });

  test("answers again when the same call comes twice, also at the same time", async () => {
    const scene = await offered();
    const { context, patient, practice, offerId } = scene;
    const operation = once(context);
    const again = () => Waitlist.accept(context, patient, known(practice), { offerId, operation });
    const answers = await Promise.all([again(), again()]);
    answers.push(await again());
    expect(new Set(answers.map(({ reservation }) => reservation?.appointmentId)).size).toBe(1);
    expect(await rowsOf(context, "resv")).toHaveLength(1);
  });

  test("can be cancelled like any visit, and the person may wait again", async () => {
    const scene = await offered();
    const { context, practice, service, lucia } = scene;
    await accept(scene);
    const reservationId = lucia.entryId.replace("wte_", "res_");
    await Reservation.cancel(context, doctorOf(practice), { reservationId, operation: once(context) });
    expect(await freeTimes(context, practice, TUESDAY)).toContain("09:00");
    expect((await join(context, practice, service)).entryId).not.toBe(lucia.entryId);
  });
});

describe("an offer that is not taken", () => {
  test("is free for the next one when it is declined, and the person goes on waiting", async () => {
    const scene = await offered();
    const { context, practice, service, lucia } = scene;
    await decline(scene);
    expect(await freeTimes(context, practice, TUESDAY)).toContain("09:00");
    expect(await grainsOf(scene)).toEqual([]);
    expect(await statusOf(scene, lucia.entryId)).toBe("waiting");
    expect(await factsOf(context, "slot/released")).toMatchObject([
      { data: { slotId: slotAt(practice, service, NINE), reason: "rejected", startTime: NINE } },
    ]);
  });

  test.each([
    ["a request", {}],
    ["a visit", { approval: "instant" }],
  ] as const)("that ends while it is accepted does not become %s", async (_, service) => {
    const scene = await offered(service);
    const { context, patient, practice, lucia, offerId } = scene;
    const leaving = async () => {
      await Waitlist.leave(context, patient, lucia.entryId);
      return practice;
    };
    const accepting = Waitlist.accept(context, patient, leaving, { offerId, operation: once(context) });
    await expect(accepting).rejects.toMatchObject({ type: "offer-ended", facts: { status: "left" } });
    expect(await slotOf(scene)).toMatchObject({ taken: 0, holds: [] });
  });

  test("lapses at its end and not before", async () => {
    const scene = await offered();
    const { context, offerId } = scene;
    context.pass({ minutes: 29 });
    await expect(Waitlist.lapse(context, offerId)).rejects.toMatchObject({ type: "not-due" });
    context.pass({ minutes: 1 });
    await Waitlist.lapse(context, offerId);
    expect((await toldEvents(context)).at(-1)).toBe("waitlist/lapsed slot/released");
    await expect(Waitlist.lapse(context, offerId)).rejects.toMatchObject({ type: "offer-ended" });
  });

  test("is given up with the place of whoever leaves", async () => {
    const scene = await offered();
    const { context, practice, lucia, patient } = scene;
    await Waitlist.leave(context, patient, lucia.entryId);
    expect(await grainsOf(scene)).toEqual([]);
    expect(await statusOf(scene, lucia.entryId)).toBe("left");
    expect((await toldEvents(context)).at(-1)).toBe("waitlist/left slot/released");
    expect(await freeTimes(context, practice, TUESDAY)).toContain("09:00");
    await expect(accept(scene)).rejects.toMatchObject({ type: "offer-ended", facts: { status: "left" } });
  });

  test("can be withdrawn before its end, and is then nobody's", async () => {
    const scene = await offered();
    const { context, offerId } = scene;
    await Waitlist.withdraw(context, offerId);
    expect((await toldEvents(context)).at(-1)).toBe("waitlist/lapsed slot/released");
    await expect(accept(scene)).rejects.toMatchObject({ type: "offer-ended" });
  });

  test("is ended by the sweep when nothing else does, as is a wish whose last day has gone by", async () => {
    const scene = await offered();
    const { context, lucia, mateo } = scene;
    expect(await Waitlist.lapseOverdue(context)).toEqual([]);
    context.pass({ minutes: 30 });
    expect(await Waitlist.lapseOverdue(context)).toEqual([lucia.entryId]);
    expect(await Waitlist.lapseOverdue(context)).toEqual([]);
    // Midnight after Sunday, 8 March, in Mexico City.
    context.at("2026-03-09T06:00:00.000Z");
    expect((await Waitlist.lapseOverdue(context)).sort()).toEqual([lucia.entryId, mateo.entryId].sort());
    expect((await Waitlist.get(context, mateo.entryId)).status).toBe("lapsed");
  });
});

test("only the holder of the entry's link and the care team may answer an offer", async () => {
  const scene = await offered();
  const { context, practice, mateo, offerId } = scene;
  const colleague = { ...doctorOf(practice), careTeams: [] };
  const stranger = { ...doctorOf(practice), organizationId: `org_${context.newUlid()}` };
  const actors = [anybody, patientOf(practice, mateo.entryId), colleague, stranger];
  const answers = actors.flatMap((actor) => {
    const answer = () => ({ offerId, operation: once(context) });
    return [
      Waitlist.accept(context, actor, known(practice), answer()),
      Waitlist.decline(context, actor, answer()),
    ];
  });
  const refused = ["forbidden", "not-found", "forbidden", "not-found"];
  expect(await outcomesOf(answers)).toEqual(refused.flatMap((type) => [type, type]));
  expect((await accept({ ...scene, patient: doctorOf(practice) as never })).reservation).toBeDefined();
});

test("of accept, decline, lapse, leave and a booking by another at once one has the time, every time", async () => {
  const scene = await given();
  const { context, practice, service, lucia, mateo, doctor } = scene;
  await Waitlist.leave(context, patientOf(practice, mateo.entryId), mateo.entryId);
  await Waitlist.leave(context, patientOf(practice, lucia.entryId), lucia.entryId);
  const wins: Record<string, number> = {};
  for (let round = 0; round < 40; round++) {
    const { entryId } = await join(context, practice, service);
    const made = await offerSlot(context, practice, service, NINE);
    if (made.outcome !== "offered") throw new Error(made.outcome);
    const { offerId } = made;
    const patient = patientOf(practice, entryId);
    // Others run with clocks half an hour ahead: for them the offer has ended.
    const later = plus(context.now(), { minutes: 30 });
    const ahead = { ...context, now: () => later };
    const racers: [string, () => Promise<unknown>][] = [
      [
        "accepted",
        () => Waitlist.accept(context, patient, known(practice), { offerId, operation: once(context) }),
      ],
      ["declined", () => Waitlist.decline(context, patient, { offerId, operation: once(context) })],
      ["lapsed", () => Waitlist.lapse(ahead, offerId)],
      ["left", () => Waitlist.leave(context, patient, entryId)],
      ["booked", () => book(ahead, practice, service, NINE)],
    ];
    const order = racers.slice(round % 5).concat(racers.slice(0, round % 5));
    const outcomes = await outcomesOf(order.map(([, race]) => race()));
    const won = order.filter((_, index) => outcomes[index] === "done").map(([name]) => name);
    for (const name of won) wins[name] = (wins[name] ?? 0) + 1;
    // Whoever leaves after an offer was declined or has lapsed leaves all the same, and a booking finds what is free.
    expect(won.filter((name) => ["accepted", "declined", "lapsed"].includes(name)).length).toBeLessThan(2);
    expect(won.includes("accepted") && (won.includes("left") || won.includes("booked"))).toBe(false);
    const seats = (await rowsOf(context, "resv")).filter(({ status }) => status === "confirmed");
    expect(seats).toHaveLength(won.includes("accepted") || won.includes("booked") ? 1 : 0);
    expect(await slotOf(scene)).toMatchObject({ taken: seats.length, holds: [] });
    for (const { apt } of seats) {
      const reservationId = `res_${apt}`;
      await Reservation.cancel(context, doctor, { reservationId, operation: once(context) });
    }
    const { status } = await Waitlist.get(context, entryId);
    if (status === "waiting") await Waitlist.leave(context, patient, entryId);
  }
  expect(Object.keys(wins).length).toBeGreaterThan(2);
});

describe("a group", () => {
  const group = { approval: "instant", capacity: 2, duration: 60 } as const;

  test("offers a seat that is free again, and only so many as there are", async () => {
    const scene = await given(group);
    const { context, practice, service, lucia, mateo } = scene;
    const wish = { patientName: "Otra Persona" };
    await book(context, practice, service, NINE, { wish });
    await offerSlot(context, practice, service, NINE);
    expect(await statusOf(scene, lucia.entryId)).toBe("offered");
    expect(await offerSlot(context, practice, service, NINE)).toEqual({ outcome: "not-free" });
    const { offer } = await Waitlist.get(context, lucia.entryId);
    const offerId = Waitlist.offerIdOf(await Waitlist.get(context, lucia.entryId), offer!.start);
    const patient = patientOf(practice, lucia.entryId);
    await Waitlist.accept(context, patient, known(practice), { offerId, operation: once(context) });
    expect(await slotOf(scene)).toMatchObject({ taken: 2, holds: [] });
    expect(await statusOf(scene, mateo.entryId)).toBe("waiting");
  });

  test("holds two seats for two people, and a request takes over one of them", async () => {
    const scene = await given({ ...group, approval: "required" });
    const { context, practice, service, lucia, mateo } = scene;
    await offerSlot(context, practice, service, NINE);
    context.pass({ minutes: 5 });
    await offerSlot(context, practice, service, NINE);
    expect(await slotOf(scene)).toMatchObject({ taken: 2 });
    const offers = await Promise.all(
      [lucia, mateo].map(async ({ entryId }) => {
        const entry = await Waitlist.get(context, entryId);
        return { entryId, offerId: Waitlist.offerIdOf(entry, entry.offer!.start) };
      }),
    );
    await Promise.all(
      offers.map(({ entryId, offerId }) =>
        Waitlist.accept(context, patientOf(practice, entryId), known(practice), {
          ...{ offerId, operation: once(context) },
        }),
      ),
    );
    const { taken, holds } = await slotOf(scene);
    expect([taken, holds.length]).toEqual([2, 2]);
    expect(holds.every(({ expiresAt }) => expiresAt > plus(context.now(), { hours: 20 }))).toBe(true);
  });
});
