import { Request, Reservation, Waitlist } from "@turno/core/booking";
import { Patient } from "@turno/core/identity";
import { Delivery, Inbox } from "@turno/core/notifications";
import { idFrom, ulidIn } from "@turno/core/platform";
import { book, doctorOf, join, offer, once } from "@turno/core/testing";
import { describe, expect, test } from "vitest";
import { type Clinic, openClinic } from "./clinic.ts";
import { ANA, accept, BETO, FRIDAY_9AM, free, instantly, offers, statusOf, waiting } from "./waiting.ts";
import { openNumbers } from "./writing.ts";

// The test's time begins on Monday, 2 March 2026, 09:00 in Mexico City, and an offer is for half an hour.
const FRIDAY_10AM = "2026-03-06T16:00:00.000Z";

const sentTo = ({ channel }: Clinic, phone: string, about = ""): string =>
  channel.messages.find(
    ({ to, template, body }) => to === phone && template === "waitlist_offer" && body.includes(about),
  )!.idempotencyKey;

/** Friday at 09:00 has become free and is offered to Ana; Beto would be next. */
async function offered(options: Parameters<typeof openClinic>[0] = {}, wish = {}) {
  const scene = await waiting(await openClinic({ ...instantly, ...options }), wish);
  const { context, practice, advance } = scene;
  await free(scene);
  await advance("1s");
  expect(await statusOf(scene, scene.ana)).toBe("offered");
  const numbers = await openNumbers(scene);
  const writes = async (phone: string, text: string, answers?: string) => {
    expect(await numbers.whatsapp(phone, text, answers ? { answers } : {})).toBe(200);
    await advance("1s");
  };
  return {
    ...scene,
    writes,
    /** Ana answers her offer. */
    says: (text: string) => writes(ANA.patientPhone, text, sentTo(scene, ANA.patientPhone)),
    reservation: () => Reservation.get(context, idFrom("reservation", ulidIn(scene.ana))),
    inbox: async () => (await Inbox.list(context, doctorOf(practice), {})).items,
  };
}

describe.each([
  ["es", "Sí, gracias", "No puedo ir, disculpe"],
  ["en", "Yes please", "Sorry, I can't make it"],
  ["pt", "Sim, obrigada", "Não vou poder ir"],
] as const)("whoever answers an offer in %s", (language, yes, no) => {
  test("that they come has the time, which the confirmation tells, and nobody else is asked", async () => {
    const scene = await offered({}, { language });
    await scene.says(yes);
    expect(await scene.reservation()).toMatchObject({ status: "confirmed", start: FRIDAY_9AM });
    expect(await statusOf(scene, scene.ana)).toBe("booked");
    await scene.advance("2h");
    expect(scene.told(ANA.patientPhone)).toEqual(["waitlist_offer", "appointment_confirmed"]);
    expect(scene.channel.messages.at(-1)).toMatchObject({ to: ANA.patientPhone, language });
    expect(offers(scene, ANA, BETO)).toEqual([1, 0]);
    expect(await scene.inbox()).toEqual([]);
  });

  test("that they do not come lets it pass to the next one and goes on waiting", async () => {
    const scene = await offered({}, { language });
    await scene.says(no);
    expect(await statusOf(scene, scene.ana)).toBe("waiting");
    expect(await statusOf(scene, scene.beto)).toBe("offered");
    expect(offers(scene, ANA, BETO)).toEqual([1, 1]);
    expect(scene.told(ANA.patientPhone)).toEqual(["waitlist_offer"]);
    expect(await scene.inbox()).toEqual([]);
  });
});

test("whoever accepts by writing a time that needs approval has asked for it", async () => {
  const scene = await offered({ service: {} });
  await scene.says("Sí");
  const requestId = idFrom("request", ulidIn(scene.ana));
  expect(await Request.get(scene.context, requestId)).toMatchObject({ status: "pending" });
  expect(scene.told(ANA.patientPhone)).toEqual(["waitlist_offer", "request_received"]);
});

describe("an offer that went out, and what its provider calls it is not known yet", () => {
  /** Ana answers such an offer. */
  const answered = async () => {
    const scene = await offered();
    await scene.writes(ANA.patientPhone, "No puedo ir", "wamid.lost");
    expect(await statusOf(scene, scene.ana)).toBe("offered");
    expect(scene.told(ANA.patientPhone)).toEqual(["waitlist_offer"]);
    return scene;
  };

  /** The receipt tells which offer it was. */
  const learn = ({ context, channel }: Clinic) => {
    const { reference } = channel.messages.find(({ to }) => to === ANA.patientPhone)!;
    return Delivery.receipt(context, {
      ...{ provider: "meta", providerMessageId: "wamid.lost", reference },
      ...{ status: "delivered", at: context.now() },
    });
  };

  test.each(["50s", "9m"])("is declined when that is learned within %s", async (span) => {
    const scene = await answered();
    await scene.advance(span);
    await learn(scene);
    await scene.advance("1m");
    expect(await statusOf(scene, scene.ana)).toBe("waiting");
    expect(await statusOf(scene, scene.beto)).toBe("offered");
    expect(scene.told(ANA.patientPhone)).toEqual(["waitlist_offer"]);
    expect(await scene.inbox()).toEqual([]);
  });

  test("is left to a person when whoever answered has written again since", async () => {
    const scene = await answered();
    await scene.advance("30s");
    await scene.writes(ANA.patientPhone, "¿Me guardan el lugar?");
    await learn(scene);
    await scene.advance("1m");
    expect(await statusOf(scene, scene.ana)).toBe("offered");
    expect(offers(scene, ANA, BETO)).toEqual([1, 0]);
    const toRead = [{ text: "No puedo ir", reason: "unclear" }, { text: "¿Me guardan el lugar?" }];
    expect(await scene.inbox()).toEqual(
      expect.arrayContaining(toRead.map((one) => expect.objectContaining(one))),
    );
  });

  test("is no reason to send anything after a STOP, which is heeded at once", async () => {
    const scene = await offered();
    await scene.writes(ANA.patientPhone, "ALTO", "wamid.lost");
    expect(scene.told(ANA.patientPhone)).toEqual(["waitlist_offer", "reply_stopped"]);
  });

  test("is left to a person when that is never learned", async () => {
    const scene = await answered();
    await scene.advance("10m");
    expect(await statusOf(scene, scene.ana)).toBe("offered");
    expect(await scene.inbox()).toMatchObject([{ text: "No puedo ir", reason: "unclear" }]);
    expect(scene.told(ANA.patientPhone)).toEqual(["waitlist_offer", "reply_unclear"]);
  });
});

describe("too late", () => {
  test("the time is somebody else's, and a person reads what was meant", async () => {
    const scene = await offered();
    await scene.advance("30m");
    expect(await statusOf(scene, scene.beto)).toBe("offered");
    for (const text of ["Sí", "No puedo ir"]) {
      await scene.says(text);
      expect(await statusOf(scene, scene.ana)).toBe("waiting");
      expect(await statusOf(scene, scene.beto)).toBe("offered");
    }
    expect(scene.told(ANA.patientPhone)).toEqual(["waitlist_offer", "reply_unclear"]);
    expect(await scene.inbox()).toMatchObject([{ text: "No puedo ir" }, { text: "Sí" }]);
  });

  test("what was accepted on its page is not given back by writing", async () => {
    const scene = await offered();
    await accept(scene, scene.ana);
    await scene.settle();
    await scene.says("No puedo ir");
    expect(await scene.reservation()).toMatchObject({ status: "confirmed" });
    expect(offers(scene, ANA, BETO)).toEqual([1, 0]);
    expect(await scene.inbox()).toMatchObject([{ text: "No puedo ir" }]);
  });

  test("whoever declined cannot take it after all", async () => {
    const scene = await offered();
    await scene.says("No puedo ir");
    await scene.says("Sí");
    expect(await statusOf(scene, scene.ana)).toBe("waiting");
    expect(await statusOf(scene, scene.beto)).toBe("offered");
    expect(await scene.inbox()).toMatchObject([{ text: "Sí" }]);
  });
});

describe("with two offers before them", () => {
  /** Ana waits for a check-up as well, before all others, and Friday at 10:00 is offered to her for it. */
  const two = async () => {
    const scene = await offered({ practice: { horizonDays: 7 } });
    const { context, practice, settle, doctor } = scene;
    const checkup = await offer(context, practice, { name: "Control", approval: "instant", duration: 60 });
    await scene.advance("10s");
    const other = { patientName: "Diego Luna", patientPhone: "+525599990000" };
    const { reservationId } = await book(context, practice, checkup, FRIDAY_10AM, { wish: other });
    const { entryId } = await join(context, practice, checkup, { wish: { ...ANA, urgencyLevel: "high" } });
    await settle();
    await Reservation.cancel(context, doctor, { reservationId, operation: once(context) });
    await settle();
    expect(offers(scene, ANA)).toEqual([2]);
    const answers = sentTo(scene, ANA.patientPhone, "Control");
    return { scene, entryId, says: (text: string) => scene.writes(ANA.patientPhone, text, answers) };
  };

  test("a patient takes the one whose message they answer, and the other stays open", async () => {
    const { scene, entryId, says } = await two();
    await says("Sí");
    const taken = await Reservation.get(scene.context, idFrom("reservation", ulidIn(entryId)));
    expect(taken).toMatchObject({ start: FRIDAY_10AM, status: "confirmed", serviceName: "Control" });
    expect(await statusOf(scene, scene.ana)).toBe("offered");
    await scene.says("Sí");
    expect(await scene.reservation()).toMatchObject({ start: FRIDAY_9AM, status: "confirmed" });
  });

  test("a patient declines the one whose message they answer, and the other stays open", async () => {
    const { scene, entryId, says } = await two();
    await says("No puedo ir");
    expect(await statusOf(scene, entryId)).toBe("waiting");
    expect(await statusOf(scene, scene.ana)).toBe("offered");
    // The next in line is asked for the time that she gave up, and not for the one that she may still take.
    expect((await Waitlist.get(scene.context, scene.beto)).offer?.start).toBe(FRIDAY_10AM);
  });

  test("a word that answers neither takes none, whatever else it may mean", async () => {
    const { scene, entryId } = await two();
    await scene.writes(ANA.patientPhone, "Sí");
    expect(await statusOf(scene, scene.ana)).toBe("offered");
    expect(await statusOf(scene, entryId)).toBe("offered");
    expect(scene.told(ANA.patientPhone).at(-1)).toBe("reply_none");
  });
});

describe("an offer is not taken", () => {
  test("by another phone than that of who waits", async () => {
    const scene = await offered();
    await scene.writes(BETO.patientPhone, "Sí", sentTo(scene, ANA.patientPhone));
    expect(await statusOf(scene, scene.ana)).toBe("offered");
    expect(await scene.inbox()).toMatchObject([{ text: "Sí", from: BETO.patientPhone }]);
  });

  test("by words that may mean anything: a person reads them while it stands", async () => {
    const scene = await offered();
    await scene.says("¿Cuánto cuesta?");
    await scene.says("cambiar");
    expect(await statusOf(scene, scene.ana)).toBe("offered");
    expect(await scene.inbox()).toMatchObject([{ text: "cambiar" }, { text: "¿Cuánto cuesta?" }]);
    await scene.says("Sí");
    expect(await statusOf(scene, scene.ana)).toBe("booked");
  });
});

test("an offer is taken also where the clinic knows the phone in another form than the list does", async () => {
  // As it was written in Mexico until 2019, and as WhatsApp writes it still.
  const patientPhone = ANA.patientPhone.replace("+52", "+521");
  const scene = await offered({}, { patientPhone });
  const { context, practice } = scene;
  const { organizationId } = practice;
  // Somebody of the family is known by the same phone.
  const mateo = { patientName: "Mateo Mora", patientPhone: ANA.patientPhone };
  const patientId = Patient.idOf(context, organizationId, mateo.patientName, mateo.patientPhone);
  await Patient.recognise(context, {
    ...mateo,
    organizationId,
    patientId,
    language: "es",
    at: context.now(),
  });
  await scene.writes(patientPhone, "Sí", sentTo(scene, patientPhone));
  expect(await statusOf(scene, scene.ana)).toBe("booked");
});
