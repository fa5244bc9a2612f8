import { Waitlist } from "@turno/core/booking";
import { Channel } from "@turno/core/notifications";
import { Slot } from "@turno/core/scheduling";
import { freeTimes, join, slotAt } from "@turno/core/testing";
import { expect } from "vitest";
import {
  ANA,
  accept,
  BETO,
  CARO,
  checks,
  DORA,
  decline,
  EVA,
  FRIDAY_9AM,
  free,
  instantly,
  offers,
  reopen,
  statusOf,
  waiting,
} from "../waiting.ts";
import { openNumbers } from "../writing.ts";
import type { Life } from "./life.ts";

// The lives begin on Monday, 2 March 2026, 09:00 in Mexico City, and an offer is for half an hour.
const FRIDAY_10AM = "2026-03-06T16:00:00.000Z";

export const timeThatIsTaken: Life = {
  name: "a time that becomes free is offered to one after the other until somebody takes it",
  workflows: ["waitlist-offer", "patient-registration", "appointment-cancellation"],
  clinic: instantly,
  async live(clinic) {
    const scene = await waiting(clinic);
    const { context, practice, service, advance, channel, ana, beto, caro, told } = scene;
    await advance("10m");
    await free(scene);
    await advance("10m");
    expect(offers(scene, ANA, BETO, CARO)).toEqual([1, 0, 0]);
    const offer = channel.messages.find(({ template }) => template === "waitlist_offer");
    expect(offer?.body).toContain("Consulta general");
    expect(offer?.body).toContain("viernes 6 de marzo, 09:00");
    expect(offer?.body).toMatch(/lunes 2 de marzo, 09:4\d/);
    expect(offer?.body).toContain("https://clinic.example/waitlist#lnk_");

    await decline(scene, ana);
    await advance("10m");
    expect(offers(scene, ANA, BETO, CARO)).toEqual([1, 1, 0]);
    expect(await statusOf(scene, ana)).toBe("waiting");

    await advance("30m");
    expect(offers(scene, ANA, BETO, CARO)).toEqual([1, 1, 1]);
    expect(await statusOf(scene, beto)).toBe("waiting");

    const { reservation } = await accept(scene, caro);
    await advance("2h");
    expect(reservation).toMatchObject({ start: FRIDAY_9AM, status: "confirmed" });
    expect(told(CARO.patientPhone)).toEqual(["waitlist_offer", "appointment_confirmed"]);
    const key = Slot.slotKeyOf(slotAt(practice, service, FRIDAY_9AM));
    expect(await Slot.get(context, key)).toMatchObject({ taken: 1, holds: [] });
    await advance(FRIDAY_9AM);
    expect(offers(scene, ANA, BETO, CARO)).toEqual([1, 1, 1]);
  },
};

export const timeOfAnotherService: Life = {
  name: "the time of a visit is offered to who waits for another service, as many as it has room for",
  workflows: ["waitlist-offer", "patient-registration", "appointment-cancellation"],
  clinic: { ...instantly, service: { ...instantly.service, duration: 60 } },
  async live(clinic) {
    const check = await checks(clinic);
    const scene = await waiting(clinic);
    const { context, practice, advance, ana } = scene;
    const waits = (wish: Partial<Waitlist.NewEntry>) => join(context, practice, check, { wish });
    const { entryId: dora } = await waits({ ...DORA, urgencyLevel: "urgent" });
    const { entryId: eva } = await waits({ ...EVA, urgencyLevel: "high" });
    await advance("10m");
    await free(scene);
    await advance("10m");
    // Both come before Ana, for whom no hour is left while one of them has some of it.
    expect(offers(scene, DORA, EVA, ANA)).toEqual([1, 1, 0]);
    await accept(scene, eva, "2026-03-06T15:20:00.000Z");
    await advance("40m");
    expect(offers(scene, DORA, EVA, ANA, BETO, CARO)).toEqual([1, 1, 0, 0, 0]);
    for (const entryId of [dora, ana]) expect(await statusOf(scene, entryId)).toBe("waiting");
    const { serviceId } = check;
    expect(await freeTimes(context, practice, "2026-03-06", { serviceId })).toContain("09:00");
    await advance("2026-03-06T15:20:00.000Z");
    expect(await statusOf(scene, eva)).toBe("booked");
  },
};

export const timeThatIsLeft: Life = {
  name: "a time that nobody takes is free for everybody",
  workflows: ["waitlist-offer"],
  clinic: instantly,
  async live(clinic) {
    const scene = await waiting(clinic);
    const { context, practice, advance, ana, beto, caro } = scene;
    await advance("10m");
    await free(scene);
    await advance("3h");
    expect(offers(scene, ANA, BETO, CARO)).toEqual([1, 1, 1]);
    expect(await freeTimes(context, practice, "2026-03-06")).toContain("09:00");
    for (const entryId of [ana, beto, caro]) expect(await statusOf(scene, entryId)).toBe("waiting");
  },
};

export const timeAtNight: Life = {
  name: "of a time that becomes free at night the first is asked in the morning, and it stays open to everybody",
  workflows: ["waitlist-offer"],
  clinic: instantly,
  async live(clinic) {
    const scene = await waiting(clinic);
    const { context, practice, advance, ana } = scene;
    // Monday, 22:00; quiet is from 21:00 to 08:00.
    await advance("2026-03-03T04:00:00.000Z");
    await free(scene);
    await advance("2026-03-03T13:59:00.000Z");
    expect(offers(scene, ANA, BETO, CARO)).toEqual([0, 0, 0]);
    expect(await freeTimes(context, practice, "2026-03-06")).toContain("09:00");
    await advance("2026-03-03T14:10:00.000Z");
    expect(offers(scene, ANA, BETO, CARO)).toEqual([1, 0, 0]);
    const { offer } = await Waitlist.get(context, ana);
    expect(offer?.expiresAt.slice(0, 15)).toBe("2026-03-03T14:3");
    await advance("3h");
  },
};

export const timeForWhomCannotBeReached: Life = {
  name: "an offer that cannot be brought goes to the next one",
  workflows: ["waitlist-offer"],
  clinic: instantly,
  async live(clinic) {
    const scene = await waiting(clinic);
    const { advance, channel, ana, beto } = scene;
    await advance("10m");
    channel.failNext(new Channel.WrongNumber());
    await reopen(scene, FRIDAY_10AM);
    await advance("10m");
    expect(offers(scene, ANA, BETO)).toEqual([0, 1]);
    await accept(scene, beto, FRIDAY_10AM);
    await advance(FRIDAY_9AM);
    expect(await statusOf(scene, ana)).toBe("waiting");
    expect(await statusOf(scene, beto)).toBe("booked");
  },
};

export const offersThatAreAnswered: Life = {
  name: "an offer is declined and the next one accepted by writing back",
  workflows: ["waitlist-offer", "patient-reply"],
  clinic: instantly,
  async live(clinic) {
    const scene = await waiting(clinic);
    const { advance, channel, told, ana, beto } = scene;
    const numbers = await openNumbers(clinic);
    const answers = async ({ patientPhone }: typeof ANA, text: string) => {
      const offer = channel.messages.find(
        ({ to, template }) => to === patientPhone && template === "waitlist_offer",
      );
      await numbers.whatsapp(patientPhone, text, { answers: offer!.idempotencyKey });
      await advance("10m");
    };
    await advance("10m");
    await free(scene);
    await advance("10m");
    await answers(ANA, "No puedo ir, disculpe");
    await answers(BETO, "Sí, gracias");
    await advance(FRIDAY_9AM);
    expect(await statusOf(scene, ana)).toBe("waiting");
    expect(await statusOf(scene, beto)).toBe("booked");
    expect(offers(scene, ANA, BETO, CARO)).toEqual([1, 1, 0]);
    expect(told(BETO.patientPhone).slice(0, 2)).toEqual(["waitlist_offer", "appointment_confirmed"]);
  },
};
