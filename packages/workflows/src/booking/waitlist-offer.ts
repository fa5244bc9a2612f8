import { Waitlist } from "@turno/core/booking";
import { Profile } from "@turno/core/identity";
import { Delivery } from "@turno/core/notifications";
import { ulidIn } from "@turno/core/platform";
import { Slot } from "@turno/core/scheduling";
import type { GetStepTools } from "inngest";
import type { Client } from "../client.ts";
import type { Desk } from "../desk.ts";
import { events } from "../events.ts";
import { Independent } from "../independent.ts";
import { say } from "../message/index.ts";

const id = "waitlist-offer";

const sameOffer = "async.data.entryId == event.data.entryId && async.data.slotId == event.data.slotId";

/**
 * Brings a time that has become free to one waiting person after the other.
 *
 * A run is either a round, which finds the next in line and holds the time for them (where it has room for several, for
 * each of them), or the life of the offer that a round made. An offer that is not taken frees the time and so begins the
 * next round by itself, whoever ends it: nothing is waited for that could be missed, and nobody is asked later because a
 * run was lost.
 */
export const waitlistOffer = (desk: Desk) =>
  desk.inngest.createFunction(
    {
      id,
      triggers: [events["slot/released"], events["waitlist/offered"]],
      // A round has no entry, and is ended by none of these.
      cancelOn: [
        { event: events["waitlist/accepted"], if: sameOffer },
        { event: events["waitlist/declined"], if: sameOffer },
        { event: events["waitlist/left"], if: sameOffer },
        { event: events["waitlist/lapsed"], if: sameOffer },
      ],
    },
    async ({ event, step }) => {
      const { data } = event;
      if (!("entryId" in data)) return round(desk, step, releaseIn(data), String(event.id));
      const { start } = Slot.slotKeyOf(data.slotId!);
      return life(desk, step, Waitlist.offerIdOf({ appointmentId: ulidIn(data.entryId) }, start));
    },
  );

type Steps = Pick<GetStepTools<Client>, "run" | "sleepUntil">;

type Release = Pick<Parameters<typeof Waitlist.offerNext>[2], "slotId" | "freed">;

interface Told {
  readonly slotId: string;
  readonly freedFrom?: string | undefined;
  readonly freedUntil?: string | undefined;
}

/** Another system, or an older event, may say of the slot alone that it is free. */
const releaseIn = ({ slotId, freedFrom, freedUntil }: Told): Release => ({
  slotId,
  ...(freedFrom && freedUntil && { freed: { start: freedFrom, end: freedUntil } }),
});

/** Asks one after the other, until nobody is left whom it can ask now: several only where the time has room for them. */
async function round(desk: Desk, step: Steps, release: Release, occasion: string) {
  const awaited: string[] = [];
  const offers: string[] = [];
  const next = () => offerNext(desk, { ...release, round: `${occasion}:${offers.length}`, awaited });
  let found = await step.run("offer", next);
  for (;;) {
    if (found.outcome === "asleep") {
      await step.sleepUntil(`quiet-${found.entryId}`, found.until);
      awaited.push(found.entryId);
      found = await step.run(`offer-after-${found.entryId}`, next);
      continue;
    }
    if (found.outcome !== "offered") break;
    offers.push(found.offerId);
    if (!found.leavesRoom) break;
    found = await step.run(`offer-beside-${found.offerId}`, next);
  }
  return { outcome: offers.length > 0 ? "offered" : found.outcome, offers };
}

interface Next extends Release {
  readonly round: string;
  readonly awaited: readonly string[];
}

async function offerNext({ context }: Desk, next: Next) {
  const practice = await Profile.practice(context, Slot.slotKeyOf(next.slotId).profileId);
  const { timezone: zone, policy } = practice;
  const quietUntil = ({ organizationId, patientId }: Waitlist.Entry) => {
    const person = { organizationId, patientId, zone, quietHours: policy.quietHours };
    return Delivery.quietFor(context, "waitlist_offer", person);
  };
  return Waitlist.offerNext(context, practice, { ...next, quietUntil });
}

/**
 * Tells the person and waits for the end of the offer. A message that will never arrive ends it at once; one that cannot
 * be sent for now does not, or an outage of the provider would run through the whole list with nobody told.
 */
async function life(desk: Desk, step: Steps, offerId: string) {
  const { status, expiresAt } = await step.run("look", () => look(desk, offerId));
  if (!expiresAt) return { ended: status };
  const parts = new Independent();
  const said = await parts.outcomeOf(
    say(step, desk, "tell-patient", { workflow: id, template: "waitlist_offer", about: offerId }),
  );
  if (said?.status === "failed") {
    return step.run("withdraw", () => ended(Waitlist.withdraw(desk.context, offerId)));
  }
  await step.sleepUntil("end", expiresAt);
  const outcome = await step.run("lapse", () => ended(Waitlist.lapse(desk.context, offerId)));
  parts.end();
  return outcome;
}

/** What has become of the offer, and when it ends or has ended while nothing has ended it. */
async function look({ context }: Desk, offerId: string) {
  const { entryId, start } = Waitlist.offerKeyOf(offerId);
  const { status, offer } = await Waitlist.get(context, entryId);
  return { status, ...(offer?.start === start && { expiresAt: offer.expiresAt }) };
}

/** Ends an offer, or says what was made of it by whoever was faster. */
async function ended(ending: Promise<void>): Promise<{ ended: unknown }> {
  try {
    await ending;
    return { ended: "lapsed" };
  } catch (error) {
    if (!(error instanceof Waitlist.OfferEnded)) throw error;
    return { ended: error.facts.status };
  }
}
