import { Request } from "@turno/core/booking";
import { Organization, Profile } from "@turno/core/identity";
import { Counter, plus } from "@turno/core/platform";
import { Availability, Service, Slot } from "@turno/core/scheduling";
import { ask, book, doctorOf, freeTimes, meter, offer, once } from "@turno/core/testing";
import { describe, expect, test } from "vitest";
import { type Clinic, openClinic } from "./clinic.ts";

// The test's time begins on Monday, 2 March 2026, 09:00 in Mexico City, where the clinic's hours are 09:00 to 13:00.
const TUESDAY_2AM = "2026-03-03T08:00:00.000Z";
const TUESDAY_9AM = "2026-03-03T15:00:00.000Z";
const TUESDAY_1120AM = "2026-03-03T17:20:00.000Z";

const LUCIA = "+525587654321";
const schedules = ["slot-generation-scheduler", "expired-slots-scheduler"];
const week = { practice: { horizonDays: 7 } };
const twelve = 12;

const generated = (clinic: Clinic) => clinic.runs("daily-slot-generation");
const datesOf = (clinic: Clinic) => generated(clinic).map(({ output }) => output);

const count = async ({ context, practice }: Clinic, metric: Counter.Metric, date: string) =>
  (await Counter.between(context, practice.organizationId, metric, { from: date, to: date }))[0]?.count;

const free = ({ context, practice }: Clinic, date: string) => freeTimes(context, practice, date);

const generate = ({ practice, send }: Clinic, targetDate: string) =>
  send({
    name: "slot/generate-daily",
    data: { profileId: practice.profileId, targetDate, timezone: practice.timezone, generateForServices: [] },
  });

describe("the night's slots", () => {
  test("a new clinic's days are made up to the horizon, then one each night at its own 02:00", async () => {
    // Monday, 23:40.
    const clinic = await openClinic({ ...week, schedules, now: "2026-03-03T05:40:00.000Z" });
    await clinic.advance("15m");
    expect(generated(clinic)).toHaveLength(8);
    expect(await free(clinic, "2026-03-08")).toHaveLength(twelve);
    await clinic.advance("2026-03-03T07:59:59.000Z");
    expect(generated(clinic)).toHaveLength(8);
    await clinic.advance(TUESDAY_2AM);
    expect(generated(clinic)).toHaveLength(9);
    expect(await count(clinic, "slots-created", "2026-03-10")).toBe(twelve);
    expect(generated(clinic).every(({ status }) => status === "Completed")).toBe(true);
  });

  test("days that an outage left out are made when it is over, at whatever hour", async () => {
    const clinic = await openClinic({ ...week, schedules });
    await clinic.advance("15m");
    // Nothing runs until Thursday at 15:10.
    clinic.context.at("2026-03-05T21:10:00.000Z");
    await clinic.advance("15m");
    expect(generated(clinic)).toHaveLength(11);
    expect(await free(clinic, "2026-03-12")).toHaveLength(twelve);
  });

  test("a clinic whose calendar makes no sense costs the others nothing, and is tried again", async () => {
    const clinic = await openClinic({ ...week, schedules });
    const { context, practice } = clinic;
    // The first of all ids: it comes before the other clinic.
    const organizationId = "org_00000000000000000000000000";
    const profileId = "prf_00000000000000000000000000";
    const template = await Organization.get(context, practice.organizationId);
    await Organization.create(context, { ...template, organizationId, slug: "odd", messaging: {} });
    const doctor = await Profile.get(context, practice.profileId);
    await Profile.create(context, { ...doctor, organizationId, profileId, timezone: "Mars/Olympus" });
    await clinic.advance("30m");
    expect(generated(clinic)).toHaveLength(8);
    expect(clinic.runs("slot-generation-scheduler")).toMatchObject([
      { status: "Failed", error: { message: "A step failed with RangeError." } },
      { status: expect.stringMatching(/Failed|Running/) },
    ]);
  });

  test("a tick with nothing to do asks the table once", async () => {
    const clinic = await openClinic({ ...week, schedules });
    await clinic.advance("15m");
    const used = meter(clinic.context);
    clinic.context.at("2026-03-02T15:30:00.000Z");
    await clinic.engine.runDue();
    // Two schedules, the days of the clinics for each, which are known since the tick before; and what the step took.
    expect(used.take()).toMatchObject({ roundTrips: 4, writeUnits: 2 });
    expect(clinic.runs("slot-generation-scheduler").at(-1)?.steps).toHaveLength(1);
  });
});

describe("the slots of one day", () => {
  test("are made once, however often they are asked for", async () => {
    const clinic = await openClinic();
    await generate(clinic, "2026-03-03");
    await generate(clinic, "2026-03-03");
    expect(datesOf(clinic)).toMatchObject([
      { created: twelve, kept: 0 },
      { created: 0, kept: twelve },
    ]);
    expect(await count(clinic, "slots-created", "2026-03-03")).toBe(twelve);
  });

  test("are none without services, without rules, and on a day that is closed: and say why", async () => {
    const clinic = await openClinic();
    const { context, practice, service } = clinic;
    const doctor = doctorOf(practice);
    const closed = { date: "2026-03-03", windows: [] };
    await Availability.Exceptions.create(context, doctor, practice, closed, once(context));
    await generate(clinic, "2026-03-03");
    await Service.edit(context, doctor, service.serviceId, { active: false });
    await generate(clinic, "2026-03-04");
    await Service.edit(context, doctor, service.serviceId, { active: true });
    for (const { ruleId } of await Availability.Rules.all(context, practice.profileId)) {
      await Availability.Rules.remove(context, doctor, practice, ruleId);
    }
    await clinic.loseOutbox();
    await generate(clinic, "2026-03-05");
    expect(datesOf(clinic)).toMatchObject([
      { created: 0, because: "closed" },
      { created: 0, because: "no-services" },
      { created: 0, because: "no-rules" },
    ]);
  });

  test("of a calendar that nobody knows fail for good, and say so", async () => {
    const clinic = await openClinic();
    await clinic.send({
      name: "slot/generate-daily",
      data: {
        profileId: "prf_01JDWXR3M8Q6V9T2KZB4N7HC5E",
        targetDate: "2026-03-03",
        timezone: "America/Mexico_City",
        generateForServices: [],
      },
    });
    expect(generated(clinic)).toMatchObject([
      { status: "Failed", error: { message: "not-found: There is no profile with this id." } },
    ]);
  });

  test("end the holds of requests whose time is up", async () => {
    const clinic = await openClinic({ days: { from: "2026-03-03", to: "2026-03-03" } });
    const { context, practice, service } = clinic;
    const { requestId } = await ask(context, practice, service, TUESDAY_1120AM);
    await clinic.loseOutbox();
    context.at(TUESDAY_9AM);
    await generate(clinic, "2026-03-05");
    expect((await Request.get(context, requestId)).status).toBe("expired");
    expect(clinic.told(LUCIA)).toEqual(["request_expired_patient"]);
  });
});

describe("hours that change", () => {
  const rules = ({ context, practice }: Clinic) => Availability.Rules.all(context, practice.profileId);

  const editAll = async (clinic: Clinic, changes: Availability.RuleEdit) => {
    const { context, practice } = clinic;
    for (const { ruleId } of await rules(clinic)) {
      await Availability.Rules.edit(context, doctorOf(practice), practice, ruleId, changes);
    }
  };

  test("bring every day up to the horizon in line, a week's edits as one change", async () => {
    const clinic = await openClinic({ ...week, days: { from: "2026-03-02", to: "2026-03-09" } });
    await editAll(clinic, { startTime: "10:00" });
    await clinic.advance("5s");
    expect(clinic.runs("availability-changed")).toMatchObject([{ output: { days: 8 } }]);
    expect(generated(clinic)).toHaveLength(8);
    expect((await free(clinic, "2026-03-03")).at(0)).toBe("10:00");
    expect((await free(clinic, "2026-03-08")).at(0)).toBe("10:00");
  });

  test("keep a visit that no longer fits, and name it to the doctor, once", async () => {
    const days = { from: "2026-03-02", to: "2026-03-09" };
    const clinic = await openClinic({ ...week, days });
    const { context, practice, service, channel } = clinic;
    const { slotId } = await book(context, practice, service, TUESDAY_9AM);
    await editAll(clinic, { startTime: "10:00" });
    await clinic.advance("10m");
    await editAll(clinic, { startTime: "10:20" });
    await clinic.advance("10m");
    const toDoctor = channel.messages.filter(({ to }) => to === practice.doctorPhone);
    expect(toDoctor).toMatchObject([{ template: "calendar_conflicts_doctor", language: "es" }]);
    expect(toDoctor[0]?.body).toContain("• martes 3 de marzo, 09:00");
    expect(generated(clinic)).toContainEqual(
      expect.objectContaining({
        output: expect.objectContaining({ conflicts: [{ slotId, startTime: TUESDAY_9AM }] }),
      }),
    );
    expect((await free(clinic, "2026-03-03")).at(0)).toBe("10:20");
  });

  const closeOn = async ({ context, practice, advance }: Clinic, date: string) => {
    const closed = { date, windows: [] };
    const operation = once(context);
    const exception = await Availability.Exceptions.create(
      context,
      doctorOf(practice),
      practice,
      closed,
      operation,
    );
    await advance("10m");
    return exception;
  };

  test("on one date touch that date alone", async () => {
    const clinic = await openClinic({ ...week, days: { from: "2026-03-02", to: "2026-03-09" } });
    await closeOn(clinic, "2026-03-07");
    expect(clinic.runs("availability-changed")).toMatchObject([{ output: { days: 1 } }]);
    expect(await free(clinic, "2026-03-07")).toEqual([]);
    expect(await free(clinic, "2026-03-08")).toHaveLength(twelve);
  });

  describe("after the horizon", () => {
    // A Thursday in April, at 09:00 and 10:00 in Mexico City; staff have made its slots and those of the day after.
    const FAR = "2026-04-30";
    const FAR_9AM = "2026-04-30T15:00:00.000Z";
    const NEXT_9AM = "2026-05-01T15:00:00.000Z";

    const given = async () => {
      const clinic = await openClinic({ ...week, days: { from: FAR, to: "2026-05-01" } });
      const { context, practice, service } = clinic;
      await book(context, practice, service, FAR_9AM);
      await book(context, practice, service, NEXT_9AM);
      await clinic.settle();
      const starts = async (start: string) => {
        const day = { start, end: plus(start, { hours: 4 }) };
        return (await Slot.startingIn(context, practice.profileId, day)).map((slot) => slot.start);
      };
      const letters = () => clinic.channel.messages.filter(({ to }) => to === practice.doctorPhone);
      return { ...clinic, clinic, starts, letters };
    };

    test("reach the days that have slots, and the doctor is told of what no longer fits there", async () => {
      const { clinic, starts, letters } = await given();
      await editAll(clinic, { startTime: "10:00" });
      await clinic.advance("10m");
      // Eight up to the horizon, and two.
      expect(clinic.runs("availability-changed")).toMatchObject([{ output: { days: 10, conflicts: 2 } }]);
      expect(letters()).toMatchObject([{ template: "calendar_conflicts_doctor" }]);
      expect(letters()[0]?.body).toContain("• jueves 30 de abril, 09:00");
      expect(letters()[0]?.body).toContain("• viernes 1 de mayo, 09:00");
      expect((await starts(FAR_9AM)).slice(0, 2)).toEqual([FAR_9AM, "2026-04-30T16:00:00.000Z"]);
    });

    test("on one date touch that date alone, and no time of it can be booked any more", async () => {
      const { clinic, starts, letters } = await given();
      await closeOn(clinic, FAR);
      expect(clinic.runs("availability-changed")).toMatchObject([{ output: { days: 1, conflicts: 1 } }]);
      expect(letters()).toHaveLength(1);
      expect(letters()[0]?.body).toContain("• jueves 30 de abril, 09:00");
      expect(letters()[0]?.body).not.toContain("mayo");
      expect(await starts(FAR_9AM)).toEqual([FAR_9AM]);
      expect(await starts(NEXT_9AM)).toHaveLength(twelve);
    });

    test("are taken back: a day that was closed has its slots again", async () => {
      const { clinic, starts, context, practice } = await given();
      const { exceptionId } = await closeOn(clinic, FAR);
      await Availability.Exceptions.remove(context, doctorOf(practice), practice, exceptionId);
      await clinic.advance("10m");
      expect(await starts(FAR_9AM)).toHaveLength(twelve);
    });

    test("on a date that has no slots are left to the night that makes it", async () => {
      const { clinic } = await given();
      await closeOn(clinic, "2026-04-29");
      expect(clinic.runs("availability-changed")).toMatchObject([{ output: { days: 0, conflicts: 0 } }]);
      expect(generated(clinic)).toEqual([]);
    });
  });
});

test("a new service is offered on the days that were made before it", async () => {
  const clinic = await openClinic({ ...week, days: { from: "2026-03-02", to: "2026-03-09" } });
  const { context, practice } = clinic;
  const checkup = await offer(context, practice, { name: "Control", duration: 60 });
  await clinic.advance("5s");
  const times = await freeTimes(context, practice, "2026-03-08", { serviceId: checkup.serviceId });
  expect(times).toEqual(["09:00", "10:00", "11:00", "12:00"]);
});

describe("the day that has ended", () => {
  test("is closed at 03:00: what went by free is told and counted", async () => {
    const days = { from: "2026-03-03", to: "2026-03-03" };
    const clinic = await openClinic({ ...week, schedules, days });
    const { context, practice, service } = clinic;
    await book(context, practice, service, TUESDAY_9AM);
    // Wednesday, 02:40.
    context.at("2026-03-04T08:40:00.000Z");
    await clinic.advance("19m");
    expect(await count(clinic, "slots-expired", "2026-03-03")).toBeUndefined();
    await clinic.advance("1m");
    expect(await count(clinic, "slots-expired", "2026-03-03")).toBe(twelve - 1);
    expect(clinic.runs("expired-slots-cleanup").at(-1)).toMatchObject({
      event: { name: "slot/cleanup-expired" },
      output: { requests: 0, slots: twelve - 1 },
    });
    expect(clinic.engine.inspect().includes('"name":"slot/expired-cleanup"')).toBe(true);
  });

  test("is closed once, however often that is asked for, and its requests are ended", async () => {
    const clinic = await openClinic({ days: { from: "2026-03-03", to: "2026-03-03" } });
    const { context, practice, service } = clinic;
    const { requestId } = await ask(context, practice, service, TUESDAY_1120AM);
    await clinic.loseOutbox();
    context.at("2026-03-04T09:00:00.000Z");
    const data = { profileId: practice.profileId, cleanupDate: "2026-03-03" };
    await clinic.send({ name: "slot/cleanup-expired", data });
    await clinic.advance("5m");
    await clinic.send({ name: "slot/cleanup-expired", data });
    await clinic.advance("5m");
    expect((await Request.get(context, requestId)).status).toBe("expired");
    expect(await count(clinic, "slots-expired", "2026-03-03")).toBe(twelve);
    expect(clinic.runs("expired-slots-cleanup")).toMatchObject([
      { output: { slots: twelve } },
      { output: { requests: 0, slots: twelve } },
    ]);
  });
});
