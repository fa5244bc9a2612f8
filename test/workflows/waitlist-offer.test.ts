import { Request, Reservation, Waitlist } from "@turno/core/booking";
import { Patient } from "@turno/core/identity";
import { Channel, Preference } from "@turno/core/notifications";
import { Slot } from "@turno/core/scheduling";
import { ask, book, join, known, once, outcomesOf, patientOf, slotAt } from "@turno/core/testing";
import { describe, expect, test } from "vitest";
import { type Options, openClinic } from "./clinic.ts";
import {
  ANA,
  accept,
  answer,
  BETO,
  CARO,
  checks,
  DORA,
  EVA,
  FRIDAY_9AM,
  free,
  instantly,
  offers,
  reopen,
  statusOf,
  type Waiting,
  waiting,
} from "./waiting.ts";

// The test's time begins on Monday, 2 March 2026, 09:00 in Mexico City, and an offer is for half an hour.

const waited = async (options: Options = {}) => waiting(await openClinic({ ...instantly, ...options }));

test("whoever accepts at the last moment has it, and a moment later the next one is asked", async () => {
  const scene = await waited();
  await free(scene);
  await scene.settle();
  const { offer } = await Waitlist.get(scene.context, scene.ana);
  const late = { ...scene.context, now: () => offer!.expiresAt };
  const patient = patientOf(scene.practice, scene.ana);
  const given = await answer(scene, scene.ana);
  await expect(Waitlist.accept(late, patient, known(scene.practice), given)).rejects.toMatchObject({
    type: "offer-ended",
  });
  scene.context.at(new Date(Date.parse(offer!.expiresAt) - 1).toISOString());
  await accept(scene, scene.ana);
  await scene.advance("1h");
  expect(await statusOf(scene, scene.ana)).toBe("booked");
  expect(offers(scene, ANA, BETO)).toEqual([1, 0]);
});

test("an acceptance that nobody hears of stands, though the run of its offer wakes", async () => {
  const scene = await waited();
  await free(scene);
  await scene.settle();
  await accept(scene, scene.ana);
  await scene.loseOutbox();
  await scene.advance("1h");
  expect(scene.runs("waitlist-offer").at(-1)).toMatchObject({ output: { ended: "booked" } });
  expect(offers(scene, ANA, BETO)).toEqual([1, 0]);
});

test("whoever leaves while something is offered makes room for the next one at once", async () => {
  const scene = await waited();
  await free(scene);
  await scene.settle();
  await Waitlist.leave(scene.context, patientOf(scene.practice, scene.ana), scene.ana);
  await scene.settle();
  expect(offers(scene, ANA, BETO)).toEqual([1, 1]);
  await scene.advance("1h");
  expect(offers(scene, ANA, BETO, CARO)).toEqual([1, 1, 1]);
});

test("an offer of which no run is left ends by the sweep, and goes on to the next one", async () => {
  const scene = await waited();
  await free(scene);
  await scene.settle();
  const events = {
    name: "waitlist/lapsed",
    data: { entryId: scene.ana, slotId: slotAt(scene.practice, scene.service, FRIDAY_9AM) },
  };
  await scene.send({
    ...events,
    data: { ...events.data, profileId: "prf_1", serviceId: "svc_1", patientId: "pat_1" },
  });
  expect(scene.runs("waitlist-offer").at(-1)).toMatchObject({ status: "Cancelled" });
  scene.context.pass({ minutes: 30 });
  await scene.sweep();
  await scene.settle();
  expect(offers(scene, ANA, BETO)).toEqual([1, 1]);
});

test("one release that is told twice is one round", async () => {
  const scene = await waited({ service: { approval: "instant", capacity: 3, duration: 60 } });
  const slotId = slotAt(scene.practice, scene.service, FRIDAY_9AM);
  const { profileId } = scene.practice;
  const { serviceId } = scene.service;
  const data = { slotId, profileId, serviceId, startTime: FRIDAY_9AM, reason: "cancelled" };
  const event = { name: "slot/released", data, id: "slot/released:1" };
  await scene.send(event);
  await scene.send(event);
  await scene.settle();
  expect(offers(scene, ANA, BETO, CARO)).toEqual([1, 0, 0]);
  await scene.send({ ...event, id: "slot/released:2" });
  await scene.settle();
  // Another seat, for the next in line.
  expect(offers(scene, ANA, BETO, CARO)).toEqual([1, 1, 0]);
});

describe.each([
  [
    "a request that is rejected",
    async (scene: Waiting, requestId: string) => {
      await Request.reject(scene.context, scene.doctor, { requestId, operation: once(scene.context) });
    },
  ],
  [
    "a request that is taken back",
    async (scene: Waiting, requestId: string) => {
      const patient = patientOf(scene.practice, requestId);
      await Request.cancel(scene.context, patient, { requestId, operation: once(scene.context) });
    },
  ],
  [
    "a request that expires",
    async (scene: Waiting) => {
      await scene.advance("24h");
    },
  ],
  [
    "a request that is approved for another time",
    async (scene: Waiting, requestId: string) => {
      const newSlotId = slotAt(scene.practice, scene.service, "2026-03-06T16:00:00.000Z");
      await Request.approve(scene.context, scene.doctor, known(scene.practice), {
        ...{ requestId, changes: { newSlotId }, operation: once(scene.context) },
      });
    },
  ],
] as const)("%s", (_, end) => {
  test("frees its time for who waits", async () => {
    const scene = await waited({ service: {} });
    const start = "2026-03-06T15:20:00.000Z";
    const { requestId } = await ask(scene.context, scene.practice, scene.service, start);
    await end(scene, requestId);
    await scene.settle();
    expect((await Waitlist.get(scene.context, scene.ana)).offer?.start).toBe(start);
  });
});

test("a visit that is moved, and a time that is opened again, are offered", async () => {
  const scene = await waited();
  const { context, practice, service, doctor, reservationId } = scene;
  const key = Slot.slotKeyOf(slotAt(practice, service, "2026-03-06T16:00:00.000Z"));
  await Slot.block(context, doctor, key);
  const slotId = slotAt(practice, service, "2026-03-06T17:00:00.000Z");
  await Reservation.reschedule(context, doctor, known(practice), {
    reservationId,
    slotId,
    operation: once(context),
  });
  await scene.settle();
  expect((await Waitlist.get(context, scene.ana)).offer?.start).toBe(FRIDAY_9AM);
  await Slot.unblock(context, doctor, key);
  await scene.settle();
  expect((await Waitlist.get(context, scene.beto)).offer?.start).toBe(key.start);
});

describe("the time of an hour's visit that is cancelled", () => {
  const hour = { service: { approval: "instant", duration: 60 } } as const;
  const TWENTY_PAST = "2026-03-06T15:20:00.000Z";

  const given = async () => {
    const clinic = await openClinic({ ...instantly, ...hour });
    const check = await checks(clinic);
    const scene = await waiting(clinic);
    const wait = async (person: typeof DORA, wish: Partial<Waitlist.NewEntry> = {}) => {
      scene.context.pass({ seconds: 1 });
      const asked = { urgencyLevel: "high", ...person, ...wish } as const;
      return (await join(scene.context, scene.practice, check, { wish: asked })).entryId;
    };
    return { ...scene, wait };
  };

  test("is offered to all for whom it has room, of another service too, in one run", async () => {
    const scene = await given();
    const dora = await scene.wait(DORA);
    const eva = await scene.wait(EVA);
    await free(scene);
    await scene.settle();
    expect(offers(scene, DORA, EVA, ANA, BETO, CARO)).toEqual([1, 1, 0, 0, 0]);
    expect((await Waitlist.get(scene.context, dora)).offer?.start).toBe(FRIDAY_9AM);
    expect((await Waitlist.get(scene.context, eva)).offer?.start).toBe(TWENTY_PAST);
    const rounds = scene.runs("waitlist-offer").filter(({ event }) => event.name === "slot/released");
    expect(rounds).toMatchObject([
      { output: { outcome: "offered", offers: [{}, {}].map(() => expect.any(String)) } },
    ]);
  });

  test("goes to the next in line as a whole when nobody of the other service takes any of it", async () => {
    const scene = await given();
    await scene.wait(DORA);
    await free(scene);
    await scene.advance("29m");
    expect(offers(scene, DORA, ANA)).toEqual([1, 0]);
    await scene.advance("2m");
    expect(offers(scene, DORA, ANA, BETO)).toEqual([1, 1, 0]);
    expect((await Waitlist.get(scene.context, scene.ana)).offer?.start).toBe(FRIDAY_9AM);
  });

  test("waits for the second, who sleeps, while the first is asked", async () => {
    const scene = await given();
    const { context, practice, doctor } = scene;
    const { organizationId } = practice;
    const patientId = Patient.idOf(context, organizationId, EVA.patientName, EVA.patientPhone);
    await scene.wait(DORA);
    const eva = await scene.wait(EVA);
    await scene.settle();
    const quietHours = { from: "08:00", to: "09:20" };
    await Preference.edit(context, doctor, { organizationId, patientId }, { quietHours });
    await free(scene);
    await scene.advance("2026-03-02T15:19:00.000Z");
    expect(offers(scene, DORA, EVA)).toEqual([1, 0]);
    await scene.advance("2026-03-02T15:21:00.000Z");
    expect(offers(scene, DORA, EVA)).toEqual([1, 1]);
    expect((await Waitlist.get(scene.context, eva)).status).toBe("offered");
  });
});

test.each([
  ["too near", "2026-03-06T13:55:00.000Z", "too-near"],
  ["nearer than anybody may book", "2026-03-06T14:30:00.000Z", "not-free"],
  ["past", FRIDAY_9AM, "not-free"],
])("a time that is %s is offered to nobody", async (_, now, outcome) => {
  const scene = await waited();
  await scene.advance(now);
  await free(scene);
  await scene.settle();
  expect(scene.runs("waitlist-offer")).toMatchObject([{ output: { outcome } }]);
  expect(offers(scene, ANA, BETO, CARO)).toEqual([0, 0, 0]);
});

test("somebody who books the time in the meantime keeps it", async () => {
  const scene = await waited();
  await free(scene);
  await book(scene.context, scene.practice, scene.service, FRIDAY_9AM);
  await scene.settle();
  expect(offers(scene, ANA, BETO, CARO)).toEqual([0, 0, 0]);
});

describe("in quiet hours", () => {
  // Monday, 22:00 in Mexico City; quiet is from 21:00 to 08:00.
  const NIGHT = "2026-03-03T04:00:00.000Z";
  const MORNING = "2026-03-03T14:00:00.000Z";

  test("whoever books the time at night has it", async () => {
    const scene = await waited();
    await scene.advance(NIGHT);
    await free(scene);
    await scene.settle();
    await book(scene.context, scene.practice, scene.service, FRIDAY_9AM);
    await scene.advance(MORNING);
    await scene.settle();
    expect(offers(scene, ANA, BETO, CARO)).toEqual([0, 0, 0]);
    expect(scene.runs("waitlist-offer")).toMatchObject([{ output: { outcome: "not-free" } }]);
  });

  test.each([
    ["waited for, though others are awake", "10:00", [1, 0]],
    ["passed over where no time would be left to answer", "12:00", [0, 1]],
  ])("whoever sleeps longer is %s", async (_, to, asked) => {
    const scene = await waited();
    const { context, practice, doctor } = scene;
    const { organizationId } = practice;
    const patientId = Patient.idOf(context, organizationId, ANA.patientName, ANA.patientPhone);
    const quietHours = { from: "21:00", to };
    await Preference.edit(context, doctor, { organizationId, patientId }, { quietHours });
    // Thursday, 22:00; the visit is on Friday at 12:40.
    await scene.advance("2026-03-06T04:00:00.000Z");
    await reopen(scene, "2026-03-06T18:40:00.000Z");
    await scene.advance("2026-03-06T16:20:00.000Z");
    expect(offers(scene, ANA, BETO)).toEqual(asked);
  });
});

describe("an offer that cannot be brought", () => {
  test("to a number that is wrong goes to the next one at once", async () => {
    const scene = await waited();
    scene.channel.failNext(new Channel.WrongNumber());
    await reopen(scene, "2026-03-06T16:00:00.000Z");
    await scene.settle();
    expect(offers(scene, ANA, BETO)).toEqual([0, 1]);
    expect(await statusOf(scene, scene.ana)).toBe("waiting");
  });

  test("since the provider is down is held to its end, and does not run through the list", async () => {
    const scene = await waited();
    await free(scene);
    scene.channel.down(true);
    await scene.advance("20m");
    expect(await statusOf(scene, scene.ana)).toBe("offered");
    expect(await statusOf(scene, scene.beto)).toBe("waiting");
  });
});

test("whoever waits is known to the clinic", async () => {
  const scene = await waited();
  const { context, practice, doctor } = scene;
  const patientId = Patient.idOf(context, practice.organizationId, ANA.patientName, ANA.patientPhone);
  expect(await Patient.get(context, doctor, patientId)).toMatchObject(ANA);
});

test("of three releases and three who wait, each is asked for one", async () => {
  const scene = await waited();
  const starts = ["2026-03-06T16:00:00.000Z", "2026-03-06T16:20:00.000Z"];
  const others = await Promise.all(
    starts.map((start) => book(scene.context, scene.practice, scene.service, start)),
  );
  await free(scene);
  const cancels = others.map(({ reservationId }) =>
    Reservation.cancel(scene.context, scene.doctor, { reservationId, operation: once(scene.context) }),
  );
  expect(await outcomesOf(cancels)).toEqual(["done", "done"]);
  await scene.settle();
  const offered = await Promise.all(
    [scene.ana, scene.beto, scene.caro].map(
      async (entryId) => (await Waitlist.get(scene.context, entryId)).offer?.start,
    ),
  );
  expect(offered.sort()).toEqual([FRIDAY_9AM, ...starts]);
});
