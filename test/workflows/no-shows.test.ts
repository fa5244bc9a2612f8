import { Reservation } from "@turno/core/booking";
import { Audit, Counter } from "@turno/core/platform";
import { book, doctorOf, once, openPractice } from "@turno/core/testing";
import { describe, expect, test } from "vitest";
import { type Clinic, openClinic } from "./clinic.ts";

// The test's time begins on Monday, 2 March 2026, 09:00 in Mexico City. The visit is at 11:00 there, over at 11:20, and
// missed at 12:20: the sweep at 12:30 finds it.
const ELEVEN = "2026-03-02T17:00:00.000Z";
const HALF_PAST_TWELVE = "2026-03-02T18:30:00.000Z";

const days = { from: "2026-03-02", to: "2026-03-02" };
const schedules = ["no-show-sweep"];

const missed = async (options: Parameters<typeof openClinic>[0] = {}) => {
  const clinic = await openClinic({ days, schedules, policy: { reminderHours: [] }, ...options });
  const { context, practice, service } = clinic;
  const { reservationId } = await book(context, practice, service, ELEVEN);
  await clinic.settle();
  const doctor = doctorOf(practice);
  const view = () => Reservation.view(context, doctor, reservationId);
  const complete = () =>
    Reservation.complete(context, doctor, {}, { reservationId, operation: once(context) });
  return { ...clinic, clinic, reservationId, doctor, view, complete };
};

const counted = async ({ context, practice }: Clinic) =>
  (
    await Counter.between(context, practice.organizationId, "reservations-no-show", {
      ...{ from: "2026-03-02", to: "2026-03-02" },
    })
  )[0]?.count ?? 0;

/** How often a visit was told of by an event. */
const toldOf = async ({ context, practice }: Clinic, about: string, event: string): Promise<number> =>
  (await Audit.trail(context, practice.organizationId, about)).filter(({ action }) => action === event)
    .length;

describe("a visit that nobody ended", () => {
  test("becomes a no-show with the first sweep after the clinic's grace, told and counted once", async () => {
    const { clinic, context, advance, view, reservationId } = await missed();
    context.at("2026-03-02T18:16:00.000Z");
    await advance("13m");
    expect(await view()).toMatchObject({ status: "confirmed" });
    await advance(HALF_PAST_TWELVE);
    expect(await view()).toMatchObject({ status: "no_show", endedAt: HALF_PAST_TWELVE, toReview: false });
    await advance("1h");
    expect(await toldOf(clinic, reservationId, "reservation/no-show")).toBe(1);
    expect(await counted(clinic)).toBe(1);
  });

  test("is put to the front desk where the clinic wants to look itself", async () => {
    const { clinic, context, practice, doctor, advance, view, reservationId } = await missed({
      policy: { reminderHours: [], noShow: { graceMinutes: 15, action: "review" } },
    });
    context.at("2026-03-02T17:31:00.000Z");
    await advance("2h");
    expect(await view()).toMatchObject({ status: "confirmed", toReview: true });
    const today = { from: "2026-03-02", to: "2026-03-02" };
    expect(await Reservation.agenda(context, doctor, practice, today)).toMatchObject([{ toReview: true }]);
    expect(await toldOf(clinic, reservationId, "reservation/to-review")).toBe(1);
    expect(await counted(clinic)).toBe(0);
  });

  test("is ended late after an outage, and once", async () => {
    const { clinic, context, advance, view, reservationId } = await missed();
    // Tuesday, 09:10.
    context.at("2026-03-03T15:10:00.000Z");
    await advance("20m");
    expect(await view()).toMatchObject({ status: "confirmed" });
    // The first tick of the hour looks back for a day.
    await advance("40m");
    expect(await view()).toMatchObject({ status: "no_show" });
    expect(await toldOf(clinic, reservationId, "reservation/no-show")).toBe(1);
    expect(await counted(clinic)).toBe(1);
  });

  test("of a clinic that cannot be read costs the others nothing", async () => {
    const { clinic, context, advance, view, runs } = await missed();
    await openPractice(context, { timezone: "Mars/Olympus" }, { slug: "odd" });
    context.at("2026-03-02T18:29:00.000Z");
    await advance("10m");
    expect(await view()).toMatchObject({ status: "no_show" });
    expect(clinic.runs("no-show-sweep").map(({ status }) => status)).toContain("Failed");
    expect(runs("no-show-sweep").at(-1)?.error?.message).not.toContain("Luc");
  });
});

describe("a visit that was ended", () => {
  test("before the sweep stays as it is", async () => {
    const { clinic, context, advance, view, complete, reservationId } = await missed();
    context.at("2026-03-02T18:28:00.000Z");
    await complete();
    await advance("1h");
    expect(await view()).toMatchObject({ status: "completed" });
    expect(await toldOf(clinic, reservationId, "reservation/no-show")).toBe(0);
    expect(await counted(clinic)).toBe(0);
  });

  test("as a no-show by mistake is put right within a day, also in the count", async () => {
    const { clinic, context, advance, view, complete } = await missed();
    context.at("2026-03-02T18:29:00.000Z");
    await advance("1m");
    expect(await counted(clinic)).toBe(1);
    await complete();
    await clinic.settle();
    expect(await view()).toMatchObject({ status: "completed" });
    expect(await counted(clinic)).toBe(0);
    await advance("1h");
    expect(await view()).toMatchObject({ status: "completed" });
  });

  test("as a no-show by staff is counted as well", async () => {
    const { clinic, context, doctor, reservationId } = await missed();
    context.at("2026-03-02T17:10:00.000Z");
    await Reservation.noShow(context, doctor, { reservationId, operation: once(context) });
    await clinic.settle();
    expect(await counted(clinic)).toBe(1);
    // Its time has begun: nobody is offered it.
    expect(await toldOf(clinic, reservationId, "slot/released")).toBe(0);
  });
});

test("a sweep with nothing to do is one step", async () => {
  const { context, advance, runs } = await missed();
  context.at("2026-03-02T17:40:00.000Z");
  await advance("10m");
  expect(runs("no-show-sweep").at(-1)).toMatchObject({ output: { clinics: 0 } });
  expect(runs("no-show-sweep").at(-1)?.steps).toHaveLength(1);
});
