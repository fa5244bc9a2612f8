import { Prescription } from "@turno/core/booking";
import { Channel, Preference } from "@turno/core/notifications";
import { localStamp } from "@turno/core/platform";
import { book, doctorOf, known, once, rowsOf } from "@turno/core/testing";
import { describe, expect, test } from "vitest";
import { type Clinic, openClinic } from "./clinic.ts";

// The test's time begins on Friday, 27 March 2026, 09:00 in Madrid, where clocks go forward on Sunday at 02:00.
const FRIDAY_9AM = "2026-03-27T08:00:00.000Z";
const SATURDAY_9AM = "2026-03-28T08:00:00.000Z";
const A_WEEK_LATER = "2026-04-05T08:00:00.000Z";

const LUCIA = "+525587654321";
const days = { from: "2026-03-28", to: "2026-03-28" };
const practice = { timezone: "Europe/Madrid" };

const drops: Prescription.NewPrescription = {
  medicationName: "Timolol",
  dosage: "1 gota en cada ojo",
  frequency: "3 veces al día",
  duration: "7 días",
  startDate: "2026-03-28",
};

/** A patient with a visit on Saturday at 09:00, to whom something is prescribed on Friday. */
const prescribed = async (
  changes: Partial<Prescription.NewPrescription> = {},
  options: Parameters<typeof openClinic>[0] = {},
) => {
  const clinic = await openClinic({ days, practice, now: FRIDAY_9AM, ...options });
  const { context, service } = clinic;
  const doctor = doctorOf(clinic.practice);
  const { reservationId } = await book(context, clinic.practice, service, SATURDAY_9AM);
  const prescription = await Prescription.issue(
    context,
    doctor,
    known(clinic.practice),
    { ...drops, ...changes },
    { reservationId, operation: once(context) },
  );
  const { prescriptionId } = prescription;
  const end = () =>
    Prescription.end(context, doctor, { prescriptionId, reason: "Alergia", operation: once(context) });
  const prefer = (changes: Preference.PreferenceEdit) => {
    const { organizationId } = clinic.practice;
    const owner = { organizationId, patientId: prescription.patientId };
    return Preference.edit(context, doctor, owner, changes);
  };
  return { ...clinic, clinic, prescription, prescriptionId, end, prefer, reminded: () => remindedOf(clinic) };
};

interface Reminded {
  readonly dose: string;
  readonly sentAt: string;
}

/** The reminders that were sent, in the order of their doses. */
async function remindedOf({ context }: Clinic): Promise<Reminded[]> {
  const rows = (await rowsOf(context, "notification")) as unknown as Record<string, string>[];
  return rows
    .filter(({ template, status }) => template === "medication_reminder" && status === "SENT")
    .map(({ occasion, sentAt }) => ({ dose: occasion!.split(":remind-")[1]!, sentAt: sentAt! }))
    .sort((a, b) => (a.dose < b.dose ? -1 : 1));
}

/** As the patient's clock shows them: `28T08:00` of the month. */
const onTheWall = (reminded: readonly Reminded[], zone = "Europe/Madrid"): string[] =>
  reminded.map(({ dose }) => localStamp(dose, zone).slice(8, 16));

const onTime = (reminded: readonly Reminded[]): boolean =>
  reminded.every(({ dose, sentAt }) => dose === sentAt);

const messagesTo = ({ told }: Clinic): number =>
  told(LUCIA).filter((template) => template === "medication_reminder").length;

const wholeWeek = ["28", "29", "30", "31", "01", "02", "03"].flatMap((day) =>
  ["08:00", "14:00", "20:00"].map((time) => `${day}T${time}`),
);

describe("a course", () => {
  test("of three doses a day is reminded of at the same wall times before and after the clock change", async () => {
    const { clinic, advance, reminded, runs } = await prescribed();
    await advance("2026-03-28T06:59:59.999Z");
    expect(await reminded()).toEqual([]);
    await advance("2026-03-28T07:00:00.000Z");
    expect(onTheWall(await reminded())).toEqual(["28T08:00"]);
    await advance(A_WEEK_LATER);
    const all = await reminded();
    expect(onTheWall(all)).toEqual(wholeWeek);
    expect(onTime(all)).toBe(true);
    expect(messagesTo(clinic)).toBe(21);
    expect(runs("medication-reminders")).toMatchObject([{ status: "Completed", output: { reminded: 21 } }]);
  });

  test("of every eight hours keeps its hours over the clock change", async () => {
    const { advance, reminded } = await prescribed({ frequency: "cada 8 horas", duration: "2 días" });
    await advance(A_WEEK_LATER);
    expect(onTheWall(await reminded())).toEqual([
      ...["28T08:00", "28T16:00", "29T00:00", "29T09:00", "29T17:00", "30T01:00"],
    ]);
  });

  test("follows the clock of where the patient is, and says the time by it", async () => {
    const { clinic, advance, reminded } = await prescribed({
      ...{ frequency: "once a day at 21:30", duration: "1 day", timezone: "Asia/Tokyo" },
    });
    await advance(A_WEEK_LATER);
    expect(onTheWall(await reminded(), "Asia/Tokyo")).toEqual(["28T21:30"]);
    const [message] = clinic.channel.messages.filter(({ template }) => template === "medication_reminder");
    expect(message?.body).toContain("21:30");
  });

  test("that is taken as needed is not reminded of", async () => {
    const { advance, reminded, runs } = await prescribed({ frequency: "si hace falta" });
    await advance(A_WEEK_LATER);
    expect(await reminded()).toEqual([]);
    expect(runs("medication-reminders")).toMatchObject([{ status: "Completed", output: { reminded: 0 } }]);
  });

  test("of a dose in four weeks sleeps no longer at a time than the smallest plan allows", async () => {
    const { advance, reminded, runs } = await prescribed({
      ...{ frequency: "every 4 weeks", duration: "3 months", startDate: "2026-04-20" },
    });
    await advance("2026-07-30T08:00:00.000Z");
    const all = await reminded();
    expect(onTheWall(all)).toEqual(["20T08:00", "18T08:00", "15T08:00", "13T08:00"]);
    expect(onTime(all)).toBe(true);
    expect(runs("medication-reminders")).toMatchObject([{ status: "Completed" }]);
  });

  test("of many doses goes on in other runs, each of few steps, each dose once and on time", async () => {
    const { clinic, advance, reminded, runs } = await prescribed({
      frequency: "every hour",
      duration: "4 days",
    });
    await advance(A_WEEK_LATER);
    const all = await reminded();
    expect(all).toHaveLength(96);
    expect(onTime(all)).toBe(true);
    expect(messagesTo(clinic)).toBe(96);
    const made = runs("medication-reminders");
    expect(made.map(({ status, output }) => [status, (output as { reminded: number }).reminded])).toEqual([
      ...[30, 30, 30, 6].map((count) => ["Completed", count]),
    ]);
    expect(Math.max(...made.map(({ steps }) => steps.length))).toBeLessThan(70);
  });
});

describe("the world moves on", () => {
  test("a prescription that is ended is reminded of no more", async () => {
    const { advance, reminded, runs, end } = await prescribed();
    await advance("2026-03-29T08:00:00.000Z");
    await end();
    await advance(A_WEEK_LATER);
    expect(onTheWall(await reminded())).toEqual(wholeWeek.slice(0, 4));
    expect(runs("medication-reminders")).toMatchObject([{ status: "Cancelled" }]);
  });

  test("nor when nobody heard of its end", async () => {
    const { advance, reminded, runs, end, loseOutbox } = await prescribed();
    await advance("2026-03-29T08:00:00.000Z");
    await end();
    await loseOutbox();
    await advance(A_WEEK_LATER);
    expect(onTheWall(await reminded())).toEqual(wholeWeek.slice(0, 4));
    // It looks at the next dose, and sleeps no further.
    expect(runs("medication-reminders")).toMatchObject([{ status: "Completed", output: { reminded: 4 } }]);
    expect(runs("medication-reminders")[0]?.endedAt).toBe("2026-03-29T12:00:00.000Z");
  });

  test("one that was ended before anything ran is not reminded of at all", async () => {
    const { advance, reminded, end } = await prescribed();
    await end();
    await advance(A_WEEK_LATER);
    expect(await reminded()).toEqual([]);
  });

  test("doses whose time passed in an outage are left out, those to come are not", async () => {
    const { context, clinic, settle, advance, reminded } = await prescribed();
    await advance("2026-03-28T07:00:00.000Z");
    // Nothing runs until Monday at 14:10.
    context.at("2026-03-30T12:10:00.000Z");
    await settle();
    await advance(A_WEEK_LATER);
    const all = onTheWall(await reminded());
    expect(all).toEqual(["28T08:00", ...wholeWeek.slice(wholeWeek.indexOf("30T14:00"))]);
    expect(messagesTo(clinic)).toBe(all.length);
  });

  test("an outage longer than a whole run's doses is made up for by nothing but the next dose", async () => {
    const { context, settle, advance, reminded } = await prescribed({
      ...{ frequency: "every hour", duration: "14 days" },
    });
    await advance("2026-03-28T07:00:00.000Z");
    // Nothing runs for ten days.
    context.at("2026-04-07T07:30:00.000Z");
    await settle();
    await advance("2026-04-07T09:00:00.000Z");
    expect(onTheWall(await reminded())).toEqual(["28T08:00", "07T10:00", "07T11:00"]);
  });

  test("doses in the patient's quiet hours are left out, as one at their end is not", async () => {
    const { clinic, advance, reminded, prefer, runs } = await prescribed({
      ...{ frequency: "at 00:00, 07:50, 16:00", duration: "2 days" },
    });
    await prefer({ quietHours: { from: "22:00", to: "08:00" } });
    await advance(A_WEEK_LATER);
    const all = await reminded();
    expect(onTheWall(all)).toEqual(["28T07:50", "28T16:00", "29T07:50", "29T16:00"]);
    expect(all.map(({ sentAt }) => localStamp(sentAt, "Europe/Madrid").slice(8, 16))).toEqual([
      ...["28T08:00", "28T16:00", "29T08:00", "29T16:00"],
    ]);
    expect(messagesTo(clinic)).toBe(4);
    expect(runs("medication-reminders")).toMatchObject([{ status: "Completed", output: { reminded: 4 } }]);
  });

  test("a correction that began days ago is reminded of from now on", async () => {
    const { advance, reminded } = await prescribed({ startDate: "2026-03-25", duration: "4 days" });
    await advance(A_WEEK_LATER);
    expect(onTheWall(await reminded())).toEqual([
      ...["27T14:00", "27T20:00", "28T08:00", "28T14:00", "28T20:00"],
    ]);
  });
});

/** What another system says of the prescription, or the same event a second time. */
const createdAgain = ({ prescriptionId, profileId, reservationId }: Prescription.PrescriptionView) => ({
  ...{ prescriptionId, profileId, reservationId },
  ...{ patientName: "sealed", patientPhone: "sealed", medicationName: "sealed", dosage: "sealed" },
  ...{ frequency: "3 veces al día", duration: "7 días", startDate: "2026-03-28", timezone: "Europe/Madrid" },
});

describe("whatever is repeated, each dose is reminded of once", () => {
  test("when the same event arrives again, at once and days later", async () => {
    const { clinic, prescription, send, settle, advance, reminded, runs } = await prescribed();
    await settle();
    const data = createdAgain(prescription);
    await send({ name: "prescription/created", data });
    expect(runs("medication-reminders")).toHaveLength(1);
    await advance("2026-03-30T08:00:00.000Z");
    // After more than a day the service has forgotten, and the table has not.
    await send({ name: "prescription/created", data });
    expect(runs("medication-reminders")).toHaveLength(2);
    await advance(A_WEEK_LATER);
    expect(onTheWall(await reminded())).toEqual(wholeWeek);
    expect(messagesTo(clinic)).toBe(21);
  });

  test("when a run that went on in another one is begun anew, which begins no third", async () => {
    const { clinic, prescription, send, advance, reminded, runs } = await prescribed({
      ...{ frequency: "every hour", duration: "2 days" },
    });
    await advance("2026-03-29T18:00:00.000Z");
    expect(runs("medication-reminders")).toHaveLength(2);
    await send({ name: "prescription/created", data: createdAgain(prescription) });
    await advance(A_WEEK_LATER);
    expect(runs("medication-reminders")).toHaveLength(3);
    expect([(await reminded()).length, messagesTo(clinic)]).toEqual([48, 48]);
  });

  test("when the provider fails before, or after, it has sent", async () => {
    const { clinic, channel, advance, reminded } = await prescribed();
    await advance("2026-03-28T06:59:00.000Z");
    channel.failNext(new Channel.TryLater("busy", 120));
    await advance("2026-03-28T07:01:59.000Z");
    expect(await reminded()).toEqual([]);
    await advance("2026-03-28T07:02:00.000Z");
    expect(await reminded()).toHaveLength(1);
    await advance("2026-03-28T12:59:00.000Z");
    channel.loseNextAnswer();
    await advance(A_WEEK_LATER);
    expect(onTheWall(await reminded())).toEqual(wholeWeek);
    expect(messagesTo(clinic)).toBe(21);
  });
});

test("a reminder that cannot be sent in time costs none of the others, and the run that says so names nobody", async () => {
  const { channel, advance, reminded, runs } = await prescribed({ duration: "2 days" });
  await advance("2026-03-28T12:59:00.000Z");
  channel.down(true);
  await advance("1h");
  channel.down(false);
  await advance(A_WEEK_LATER);
  expect(onTheWall(await reminded())).toEqual(wholeWeek.slice(0, 6).filter((dose) => dose !== "28T14:00"));
  const [run] = runs("medication-reminders");
  expect(run).toMatchObject({
    status: "Failed",
    error: { message: "The message could not be sent for now: unreachable." },
  });
  expect(JSON.stringify(run)).not.toMatch(/Timolol|gota|Lucía|5255/);
});

test("what is prescribed is named to the patient and to nobody else", async () => {
  const { channel, engine, advance } = await prescribed(
    { instructions: "Con la luz apagada" },
    { practice: { ...practice, clinicPhone: "+34910000000" } },
  );
  await advance("2026-03-28T08:00:00.000Z");
  const [message] = channel.messages.filter(({ template }) => template === "medication_reminder");
  expect(message).toMatchObject({ to: LUCIA, language: "es" });
  expect(message?.body).toMatch(
    /Timolol[\s\S]+1 gota en cada ojo[\s\S]+Con la luz apagada[\s\S]+08:00[\s\S]+\+34910000000/,
  );
  const kept = JSON.stringify(engine.runs({ limit: 100 }));
  expect(kept).toContain("remind-2026-03-28T07:00:00.000Z");
  expect(kept).not.toMatch(/Timolol|gota|apagada/);
});

test("the medication is not named to a patient who wants few details", async () => {
  const { channel, advance, prefer } = await prescribed({ instructions: "Con la luz apagada" });
  await prefer({ detail: "minimal" });
  await advance("2026-03-28T08:00:00.000Z");
  const [message] = channel.messages.filter(({ template }) => template.startsWith("medication_reminder"));
  expect(message?.body).toContain("08:00");
  expect(JSON.stringify(message)).not.toMatch(/Timolol|gota|apagada/);
});
