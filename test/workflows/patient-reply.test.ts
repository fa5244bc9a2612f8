import { FollowUp, Request, Reservation } from "@turno/core/booking";
import { Contact, Inbox } from "@turno/core/notifications";
import { idFrom } from "@turno/core/platform";
import { ask, book, doctorOf, freeTimes, known, once, rowsOf, slotAt } from "@turno/core/testing";
import { describe, expect, test } from "vitest";
import { type Clinic, openClinic } from "./clinic.ts";
import { type Numbers, openNumbers } from "./writing.ts";

// The test's time begins on Monday, 2 March 2026, 09:00 in Mexico City. There it is
const FRIDAY_9AM = "2026-03-06T15:00:00.000Z";
const FRIDAY_920 = "2026-03-06T15:20:00.000Z";
const SATURDAY_9AM = "2026-03-07T15:00:00.000Z";

const LUCIA = "+525587654321";
const ANA = "+525511112222";
const days = { from: "2026-03-05", to: "2026-03-07" };

interface Scene extends Clinic {
  readonly numbers: Numbers;
  readonly reservationId: string;
  /** Lucía writes, and all that follows happens. */
  says(text: string, written?: Parameters<Numbers["whatsapp"]>[2]): Promise<void>;
  /** What Lucía was told by an answer, the last first. */
  answers(): { template: string; body: string; channel: string }[];
  reservation(id?: string): Promise<Reservation.Reservation>;
  inbox(): Promise<{ text: string; reason: string }[]>;
}

/** A visit on Friday at 09:00, booked and confirmed, and the numbers of the clinic. */
async function booked({
  language = "es" as "es" | "en" | "pt",
  ...options
}: Parameters<typeof openClinic>[0] & { language?: "es" | "en" | "pt" } = {}): Promise<Scene> {
  const sms = { provider: "twilio", sender: "+525550000000" } as const;
  const clinic = await openClinic({ days, messaging: { sms }, ...options });
  const { context, practice, service, channel, advance } = clinic;
  const { reservationId } = await book(context, practice, service, FRIDAY_9AM, { wish: { language } });
  await advance("2m");
  const numbers = await openNumbers(clinic);
  return {
    ...clinic,
    ...{ numbers, reservationId },
    async says(text, written) {
      expect(await numbers.whatsapp(LUCIA, text, written)).toBe(200);
      await advance(options.trouble ? "5m" : "1s");
    },
    answers: () =>
      channel.messages
        .filter(({ to, template }) => to === LUCIA && template.startsWith("reply_"))
        .map(({ template, body, channel: by }) => ({ template, body, channel: by }))
        .reverse(),
    reservation: (id = reservationId) => Reservation.get(context, id),
    inbox: async () => (await Inbox.list(context, doctorOf(practice), {})).items,
  };
}

/** What the provider calls the message of ours that says this. */
const sentAs = ({ channel }: Clinic, template: string, to = LUCIA): string =>
  channel.messages.find((message) => message.template === template && message.to === to)!.idempotencyKey;

const current = async (scene: Scene): Promise<Reservation.Reservation> => {
  const { movedTo } = await scene.reservation();
  return scene.reservation(movedTo && idFrom("reservation", movedTo));
};

describe.each([
  ["es", "Sí, confirmo", "¡Gracias, Lucía Ramírez!"],
  ["en", "Yes, I'll be there", "Thank you, Lucía Ramírez!"],
  ["pt", "Sim, estarei lá", "Agradecemos, Lucía Ramírez!"],
] as const)("whoever writes in %s", (language, text, thanks) => {
  test("that they come is down as coming, and thanked where they wrote", async () => {
    const scene = await booked({ language });
    await scene.says(text);
    expect((await scene.reservation()).attendanceConfirmedAt).toBe("2026-03-02T15:02:00.000Z");
    expect(scene.answers()).toMatchObject([{ template: "reply_confirmed", channel: "whatsapp" }]);
    expect(scene.answers()[0]!.body).toContain(thanks);
    expect(await scene.inbox()).toEqual([]);
  });
});

describe.each([
  ["es", "No puedo ir, disculpe", "Listo, Lucía Ramírez."],
  ["en", "I can't make it, sorry!", "Done, Lucía Ramírez."],
  ["pt", "Não vou poder ir", "Pronto, Lucía Ramírez."],
] as const)("whoever writes in %s", (language, text, done) => {
  test("that they do not come has cancelled, and is told so once", async () => {
    const scene = await booked({ language });
    const { context, practice, service, told } = scene;
    await scene.says(text);
    expect(await scene.reservation()).toMatchObject({ status: "cancelled", cancelledBy: "patient" });
    expect(await freeTimes(context, practice, "2026-03-06", service)).toContain("09:00");
    expect(told(LUCIA)).toEqual(["appointment_confirmed", "reply_cancelled"]);
    expect(scene.answers()[0]!.body).toContain(done);
    expect(scene.answers()[0]!.body).not.toContain("$");
    expect(told(ANA)).toEqual(["appointment_cancelled_doctor"]);
    await scene.advance(SATURDAY_9AM);
    expect(told(LUCIA)).toHaveLength(2);
  });
});

describe.each([
  ["es", "Quiero cambiar mi cita", "la 2 por favor", "Tu nuevo horario"],
  ["en", "Can I reschedule?", "option 2", "Your new time"],
  ["pt", "Quero remarcar minha consulta", "a segunda opção", "Seu novo horário"],
] as const)("whoever writes in %s", (language, text, number, moved) => {
  test("that they want another time chooses one by its number", async () => {
    const scene = await booked({ language });
    await scene.says(text);
    expect(scene.answers()).toMatchObject([{ template: "reply_choose_time" }]);
    expect(scene.answers()[0]!.body).toMatch(/1[.)].*9:00[\s\S]*2[.)].*9:20[\s\S]*3[.)].*9:40/);
    expect((await scene.reservation()).status).toBe("confirmed");

    await scene.says(number);
    expect(await current(scene)).toMatchObject({ status: "confirmed", start: "2026-03-05T15:20:00.000Z" });
    expect(scene.told(LUCIA)).toEqual(["appointment_confirmed", "reply_choose_time", "reply_moved"]);
    expect(scene.answers()[0]!.body).toContain(moved);
    expect(scene.told(ANA)).toEqual(["appointment_rescheduled_doctor"]);
    await scene.advance("2026-03-05T15:00:00.000Z");
    expect(scene.told(LUCIA)).toContain("appointment_reminder_24h");
  });
});

test("whoever writes by SMS is answered by SMS", async () => {
  const scene = await booked();
  expect(await scene.numbers.sms(LUCIA, "Confirmo")).toBe(200);
  await scene.settle();
  expect(scene.answers()).toMatchObject([{ template: "reply_confirmed", channel: "sms" }]);
});

test("a mobile of Mexico is known in the form that WhatsApp has for it", async () => {
  const scene = await booked();
  expect(await scene.numbers.whatsapp("+5215587654321", "Confirmo")).toBe(200);
  await scene.settle();
  expect((await scene.reservation()).attendanceConfirmedAt).toBeDefined();
  expect(scene.answers()).toMatchObject([{ template: "reply_confirmed" }]);
});

describe("a time that is offered", () => {
  test("is chosen at once, also when the number quotes a message that nobody knows", async () => {
    const scene = await booked();
    await scene.says("Quiero cambiar mi cita");
    await scene.says("2", { answers: "wamid.of-another-system" });
    expect(await current(scene)).toMatchObject({ start: "2026-03-05T15:20:00.000Z" });
    expect(scene.told(LUCIA)).toEqual(["appointment_confirmed", "reply_choose_time", "reply_moved"]);
  });

  test("and taken meanwhile gives way to others, and the visit stands", async () => {
    const scene = await booked();
    const { context, practice, service } = scene;
    await scene.says("cambiar");
    const other = { patientName: "Diego Luna", patientPhone: "+525599990000" };
    await book(context, practice, service, "2026-03-05T15:00:00.000Z", { wish: other });
    await scene.says("1");
    expect((await scene.reservation()).status).toBe("confirmed");
    expect(scene.answers().map(({ template }) => template)).toEqual([
      "reply_choose_time",
      "reply_choose_time",
    ]);
    expect(scene.answers()[0]!.body).toMatch(/1[.)].*09:20/);
    await scene.says("1");
    expect(await current(scene)).toMatchObject({ start: "2026-03-05T15:20:00.000Z" });
  });

  test("is chosen once: its number means nothing afterwards, nor when hours have passed", async () => {
    const scene = await booked();
    await scene.says("cambiar");
    await scene.says("1");
    const moved = await current(scene);
    await scene.says("2");
    expect(await current(scene)).toEqual(moved);
    expect(await scene.inbox()).toMatchObject([{ text: "2", reason: "unclear" }]);

    await scene.says("cambiar");
    await scene.advance("4h");
    await scene.says("3");
    expect(await current(scene)).toEqual(moved);
  });
});

test("who needs a person is told the clinic's phone, where it has one", async () => {
  const scene = await booked({ practice: { clinicPhone: "+525550001000" } });
  const { answers, says, advance } = scene;
  await says("ayuda");
  await says("¿Hola?");
  await advance("2026-03-06T14:00:00.000Z");
  await says("cancelar");
  await advance(SATURDAY_9AM);
  await says("confirmo");
  expect(answers().map(({ template }) => template)).toEqual([
    "reply_none",
    "reply_too_late",
    "reply_unclear",
    "reply_help",
  ]);
  for (const { body } of answers()) expect(body).toContain("+525550001000");
});

describe("too late", () => {
  test("the visit stands, and the patient is asked to call", async () => {
    const scene = await booked();
    await scene.advance("2026-03-06T14:00:00.000Z");
    await scene.says("cancelar");
    await scene.says("cambiar");
    expect((await scene.reservation()).status).toBe("confirmed");
    expect(scene.answers().map(({ template }) => template)).toEqual(["reply_too_late", "reply_too_late"]);
    await scene.says("sí");
    expect((await scene.reservation()).attendanceConfirmedAt).toBeDefined();
  });
});

describe("with several visits before them", () => {
  const two = async () => {
    const scene = await booked();
    const { context, practice, service } = scene;
    const later = await book(context, practice, service, SATURDAY_9AM);
    const child = await book(context, practice, service, FRIDAY_920, {
      wish: { patientName: "Mateo Ramírez" },
    });
    await scene.advance("2m");
    return { scene, later: later.reservationId, child: child.reservationId };
  };

  test("a patient is asked which one, by number, and the family's are among them", async () => {
    const { scene, later, child } = await two();
    await scene.says("Cancelar");
    expect(scene.answers()).toMatchObject([{ template: "reply_choose_booking" }]);
    expect(scene.answers()[0]!.body).toMatch(/1[.)].*09:00[\s\S]*2[.)].*09:20[\s\S]*3[.)].*09:00/);
    await scene.says("dos");
    expect((await scene.reservation(child)).status).toBe("cancelled");
    expect((await scene.reservation()).status).toBe("confirmed");
    expect((await scene.reservation(later)).status).toBe("confirmed");
  });

  test("the one whose message is answered is meant", async () => {
    const { scene, later } = await two();
    const about = scene.channel.messages.find(({ body }) => body.includes("sábado"))!;
    await scene.says("cancelar", { answers: about.idempotencyKey });
    expect((await scene.reservation(later)).status).toBe("cancelled");
    expect((await scene.reservation()).status).toBe("confirmed");
    expect(scene.answers()).toMatchObject([{ template: "reply_cancelled" }]);
  });

  test("an answer to a visit that has moved since is about where it is now", async () => {
    const scene = await booked();
    const { context, practice, service, reservationId } = scene;
    await Reservation.reschedule(context, doctorOf(practice), known(practice), {
      ...{ reservationId, slotId: slotAt(practice, service, SATURDAY_9AM), operation: once(context) },
    });
    await scene.settle();
    await scene.says("cancelar", { answers: sentAs(scene, "appointment_confirmed") });
    expect(await current(scene)).toMatchObject({ status: "cancelled", start: SATURDAY_9AM });
  });

  test("an answer to one that has ended acts on no other", async () => {
    const { scene, later } = await two();
    const { context, practice, reservationId } = scene;
    const confirmation = sentAs(scene, "appointment_confirmed");
    const operation = once(context);
    await Reservation.cancel(context, doctorOf(practice), { reservationId, operation });
    await scene.settle();
    await scene.says("Sí", { answers: confirmation });
    expect((await scene.reservation(later)).attendanceConfirmedAt).toBeUndefined();
    expect(await scene.inbox()).toMatchObject([{ text: "Sí" }]);
    await scene.says("cancelar", { answers: confirmation });
    expect((await scene.reservation(later)).status).toBe("confirmed");
  });
});

test("a request that nobody has decided can be taken back, and neither confirmed nor moved", async () => {
  const clinic = await openClinic({ days });
  const { context, practice, service, advance, told } = clinic;
  const { requestId } = await ask(context, practice, service, FRIDAY_9AM);
  await advance("2m");
  const numbers = await openNumbers(clinic);
  await numbers.whatsapp(LUCIA, "confirmo");
  await advance("1s");
  expect((await Request.get(context, requestId)).status).toBe("pending");
  await numbers.whatsapp(LUCIA, "cancelar");
  await advance("1s");
  expect((await Request.get(context, requestId)).status).toBe("cancelled");
  expect(told(LUCIA)).toEqual(["request_received", "reply_unclear", "reply_cancelled"]);
  await numbers.whatsapp(LUCIA, "cambiar");
  await advance("1s");
  expect(told(LUCIA).at(-1)).toBe("reply_none");
});

describe("STOP and START", () => {
  test("are confirmed once, and between them nothing goes to that phone", async () => {
    const scene = await booked();
    const stopped = async () =>
      (await Contact.of(scene.context, scene.practice.organizationId, LUCIA)).isStopped;
    await scene.says("BAJA");
    expect(await stopped()).toBe(true);
    expect(scene.told(LUCIA)).toEqual(["appointment_confirmed", "reply_stopped"]);
    await scene.advance("2026-03-05T16:00:00.000Z");
    expect(scene.told(LUCIA)).toHaveLength(2);
    await scene.says("ALTA");
    expect(await stopped()).toBe(false);
    await scene.advance(FRIDAY_9AM);
    expect(scene.told(LUCIA).slice(2)).toEqual(["reply_started", "appointment_reminder_2h"]);
  });

  test("are heeded from whom nobody knows as well", async () => {
    const scene = await booked();
    const stranger = "+525500001111";
    await scene.numbers.whatsapp(stranger, "STOP");
    await scene.settle();
    expect((await Contact.of(scene.context, scene.practice.organizationId, stranger)).isStopped).toBe(true);
    expect(scene.told(stranger)).toEqual(["reply_stopped"]);
  });

  test("HELP says what can be answered", async () => {
    const scene = await booked();
    await scene.says("ayuda");
    expect(scene.answers()[0]!.body).toContain("CAMBIAR");
  });
});

describe("a person reads", () => {
  test("what may mean anything, and the patient is told so once a day", async () => {
    const scene = await booked();
    await scene.says("Si no puedo ir, ¿me devuelven el dinero?");
    await scene.says("Y otra cosa más");
    await scene.says("", { file: "audio" });
    expect(await scene.inbox()).toMatchObject([
      { text: "", reason: "attachment" },
      { text: "Y otra cosa más", reason: "unclear" },
      { text: "Si no puedo ir, ¿me devuelven el dinero?", reason: "unclear" },
    ]);
    expect(scene.answers().map(({ template }) => template)).toEqual(["reply_unclear"]);
    expect((await scene.reservation()).status).toBe("confirmed");
    await scene.advance("24h");
    await scene.says("¿Hola?");
    expect(scene.answers().map(({ template }) => template)).toEqual(["reply_unclear", "reply_unclear"]);
  });

  test("what answers a message that nobody knows, and their visit stands", async () => {
    const scene = await booked();
    await scene.says("No puedo ir", { answers: "wamid.of-another-system" });
    await scene.advance("10m");
    expect((await scene.reservation()).status).toBe("confirmed");
    expect(await scene.inbox()).toMatchObject([{ text: "No puedo ir", reason: "unclear" }]);
  });

  test("what is written below a picture, whatever it would mean without", async () => {
    const scene = await booked();
    for (const caption of ["Cancelar", "ayuda", "ALTA"]) await scene.says(caption, { file: "image" });
    expect(await scene.inbox()).toMatchObject([
      { text: "ALTA", reason: "attachment" },
      { text: "ayuda", reason: "attachment" },
      { text: "Cancelar", reason: "attachment" },
    ]);
    expect((await scene.reservation()).status).toBe("confirmed");
    expect(scene.answers().map(({ template }) => template)).toEqual(["reply_unclear"]);
  });

  test("who is not known", async () => {
    const scene = await booked();
    await scene.numbers.whatsapp("+525500001111", "Cancelar");
    await scene.settle();
    expect(await scene.inbox()).toMatchObject([{ text: "Cancelar", reason: "unmatched" }]);
    expect((await scene.reservation()).status).toBe("confirmed");
  });

  test("what comes from another phone than the visit's, whatever message it answers", async () => {
    const scene = await booked();
    const { context, reservationId, practice } = scene;
    await scene.numbers.whatsapp("+525500001111", "Cancelar", {
      answers: sentAs(scene, "appointment_confirmed"),
    });
    await Reservation.confirmAttendance(context, doctorOf(practice), reservationId);
    await scene.settle();
    expect((await scene.reservation()).status).toBe("confirmed");
    expect(await scene.inbox()).toMatchObject([{ reason: "unmatched" }]);
  });

  test("what the doctor answers to a message to the doctor", async () => {
    const scene = await booked();
    const { context, practice, service } = scene;
    await ask(context, practice, service, FRIDAY_920, { wish: { patientPhone: ANA } });
    await scene.advance("2m");
    await scene.numbers.whatsapp(ANA, "cancelar", { answers: sentAs(scene, "doctor_new_request", ANA) });
    await scene.settle();
    expect(await scene.inbox()).toMatchObject([{ text: "cancelar" }]);
    expect((await rowsOf(context, "request")).map(({ stage }) => stage)).toEqual(["pending"]);
  });
});

test("an answer to the questions after a visit is kept with it, and read by a person", async () => {
  const scene = await booked();
  const { context, practice, reservationId } = scene;
  await scene.advance("2026-03-06T15:30:00.000Z");
  const completion = { followUpRequired: true, followUpType: "24h" } as const;
  const ending = { reservationId, operation: once(context) };
  await Reservation.complete(context, doctorOf(practice), completion, ending);
  await scene.advance("25h");
  expect(scene.told(LUCIA)).toContain("follow_up_24h");
  await scene.says("Me duele un poco la cabeza", { answers: sentAs(scene, "follow_up_24h") });
  await scene.says("Sí");
  const { items } = await FollowUp.list(context, doctorOf(practice), reservationId).then((list) => ({
    items: Array.isArray(list) ? list : [list],
  }));
  expect(JSON.stringify(items)).toContain("Me duele un poco la cabeza");
  expect(await scene.inbox()).toMatchObject([
    { text: "Sí", reason: "answer" },
    { text: "Me duele un poco la cabeza", reason: "answer" },
  ]);
});

test("a number that answers the questions after a visit chooses no time of another", async () => {
  const scene = await booked({ days: { from: "2026-03-05", to: "2026-03-13" } });
  const { context, practice, service, reservationId } = scene;
  await scene.advance("2026-03-06T15:30:00.000Z");
  const completion = { followUpRequired: true, followUpType: "24h" } as const;
  const ending = { reservationId, operation: once(context) };
  await Reservation.complete(context, doctorOf(practice), completion, ending);
  await scene.advance("25h");
  const next = await book(context, practice, service, "2026-03-13T15:00:00.000Z");
  await scene.advance("2m");
  await scene.says("Quiero cambiar mi cita");
  expect(scene.answers()).toMatchObject([{ template: "reply_choose_time" }]);
  await scene.says("2", { answers: sentAs(scene, "follow_up_24h") });
  expect(await scene.reservation(next.reservationId)).toMatchObject({ status: "confirmed" });
  expect(await scene.inbox()).toMatchObject([{ text: "2", reason: "answer" }]);
});

describe("one message does one thing", () => {
  test("when the provider calls twice, and when its event comes again after all is done", async () => {
    const scene = await booked();
    await scene.says("cambiar");
    await Promise.all(["a", "a"].map((id) => scene.numbers.whatsapp(LUCIA, "1", { id })));
    await scene.settle();
    const moved = await current(scene);
    const [row] = (await rowsOf(scene.context, "message")).filter(({ text }) => text === "1");
    await scene.send({
      name: "message/received",
      id: "again",
      data: {
        ...{ messageId: row!.messageId, channel: "whatsapp", from: "sealed", body: "sealed" },
        receivedAt: scene.context.now(),
      },
    });
    expect(await current(scene)).toEqual(moved);
    expect(scene.runs("patient-reply")).toHaveLength(3);
    expect(scene.told(LUCIA)).toEqual(["appointment_confirmed", "reply_choose_time", "reply_moved"]);
    expect(await scene.inbox()).toEqual([]);
  });
});

test("the workflow service learns nothing of what was written, nor by whom", async () => {
  const scene = await booked({ trouble: "lost" });
  await scene.says("Me duele mucho el pecho");
  await scene.says("cancelar");
  const kept = scene.engine.inspect();
  expect(kept).toContain("patient-reply");
  expect(["pecho", "5587654321", "Lucía"].filter((secret) => kept.includes(secret))).toEqual([]);
});
