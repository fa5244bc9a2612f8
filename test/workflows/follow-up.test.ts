import { FollowUp, Reservation } from "@turno/core/booking";
import { plus } from "@turno/core/platform";
import { book, doctorOf, once } from "@turno/core/testing";
import { describe, expect, test } from "vitest";
import { type Clinic, openClinic } from "./clinic.ts";

// The test's time begins on Monday, 2 March 2026, 09:00 in Mexico City. The visit is at 11:00 there, and over at 11:20.
const ELEVEN = "2026-03-02T17:00:00.000Z";
const COMPLETED = "2026-03-02T17:30:00.000Z";

const LUCIA = "+525587654321";
const days = { from: "2026-03-02", to: "2026-03-02" };

const visited = async (options: Parameters<typeof openClinic>[0] = {}, wish = {}) => {
  const clinic = await openClinic({ days, policy: { reminderHours: [] }, ...options });
  const { context, practice, service } = clinic;
  const { reservationId } = await book(context, practice, service, ELEVEN, { wish });
  await clinic.loseOutbox();
  context.at(COMPLETED);
  const complete = (completion: Reservation.Completion) =>
    Reservation.complete(context, doctorOf(practice), completion, {
      ...{ reservationId, operation: once(context) },
    });
  const asked = () => FollowUp.list(context, doctorOf(practice), reservationId);
  return { ...clinic, clinic, reservationId, complete, asked };
};

const told = (clinic: Clinic) => clinic.told(LUCIA);

/** What another system says of the visit. */
const completedElsewhere = ({ practice }: Clinic, reservationId: string, more: object) => ({
  name: "appointment/completed",
  data: {
    ...{ reservationId, profileId: practice.profileId, appointmentDate: "2026-03-02" },
    ...{ patientName: "sealed", patientPhone: "sealed", ...more },
  },
});

describe("a patient is asked how they are", () => {
  test.each([
    ["24h", "follow_up_24h", { hours: 24 }],
    ["48h", "follow_up_48h", { hours: 48 }],
    ["1week", "follow_up_1week", { days: 7 }],
    ["2weeks", "follow_up_2weeks", { days: 14 }],
  ] as const)(
    "%s after the visit was completed, once, where no run may sleep for more than a week",
    async (followUpType, template, span) => {
      const { clinic, context, advance, complete, asked, runs, engine } = await visited();
      await complete({ followUpRequired: true, followUpType });
      await clinic.settle();
      await advance(plus(COMPLETED, { ...span, seconds: -0.001 }));
      expect(told(clinic)).toEqual([]);
      expect(await asked()).toEqual([]);
      await advance(plus(COMPLETED, span));
      expect(told(clinic)).toEqual([template]);
      expect(await asked()).toMatchObject([{ followUpType, askedAt: plus(COMPLETED, span) }]);
      await advance("30d");
      expect(told(clinic)).toEqual([template]);
      // Both events arrived.
      expect(runs("appointment-follow-up")).toMatchObject([{ output: { followUp: followUpType } }]);
      expect(engine.inspect().split('"name":"appointment/follow-up"')).toHaveLength(2);
      expect(context.now() > COMPLETED).toBe(true);
    },
  );

  test("when no type was chosen, after a day, with the clinic's phone", async () => {
    const { clinic, channel, advance, complete } = await visited({
      practice: { clinicPhone: "+525550001000" },
    });
    await complete({ followUpRequired: true });
    await advance("24h");
    expect(told(clinic)).toEqual(["follow_up_24h"]);
    expect(channel.messages[0]!.body).toContain("+525550001000");
  });

  test("with the questions of the service, in the patient's language", async () => {
    const { channel, advance, complete } = await visited(
      { service: { followUpQuestions: ["Did the fever go down?"] } },
      { language: "en" },
    );
    await complete({ followUpRequired: true });
    await advance("24h");
    expect(channel.messages[0]).toMatchObject({ language: "en" });
    expect(channel.messages[0]?.body).toContain("Did the fever go down?");
  });

  test("with the questions that another system sends, by whichever event comes", async () => {
    const { clinic, reservationId, channel, advance, complete, send, loseOutbox } = await visited();
    await complete({});
    await loseOutbox();
    const followUpQuestions = ["¿Pudiste dormir?"];
    await send(completedElsewhere(clinic, reservationId, { followUpType: "48h", followUpQuestions }));
    await advance("48h");
    expect(channel.messages).toMatchObject([{ template: "follow_up_48h" }]);
    expect(channel.messages[0]?.body).toContain("¿Pudiste dormir?");
  });

  test("by reservation/completed alone as well, when it asks for it", async () => {
    for (const followUpRequired of [true, false]) {
      const { clinic, practice, reservationId, advance, complete, send, loseOutbox } = await visited();
      await complete({});
      await loseOutbox();
      const data = { reservationId, profileId: practice.profileId, completedAt: COMPLETED, followUpRequired };
      await send({ name: "reservation/completed", data });
      await advance("24h");
      expect(told(clinic)).toEqual(followUpRequired ? ["follow_up_24h"] : []);
    }
  });

  test("once although an event comes again days later", async () => {
    const { clinic, reservationId, advance, complete, asked, send } = await visited();
    await complete({ followUpRequired: true, followUpType: "48h" });
    await advance("49h");
    await send(completedElsewhere(clinic, reservationId, { followUpType: "48h" }));
    await advance("1h");
    expect(told(clinic)).toEqual(["follow_up_48h"]);
    expect(clinic.channel.calls).toBe(1);
    expect(await asked()).toHaveLength(1);
  });
});

describe("a patient is not asked", () => {
  test("when nobody wished for it", async () => {
    const { clinic, advance, complete, runs } = await visited();
    await complete({});
    await advance("30d");
    expect(told(clinic)).toEqual([]);
    expect(runs("appointment-follow-up")).toEqual([]);
  });

  test("about a visit that did not take place, whatever another system says", async () => {
    const { clinic, context, practice, reservationId, advance, send } = await visited();
    const operation = once(context);
    await Reservation.noShow(context, doctorOf(practice), { reservationId, operation });
    await send(completedElsewhere(clinic, reservationId, { followUpType: "24h" }));
    await advance("30d");
    expect(told(clinic)).toEqual([]);
    expect(clinic.runs("appointment-follow-up")).toMatchObject([{ output: { ended: "no_show" } }]);
  });
});
