import { Contact, Inbox } from "@turno/core/notifications";
import { type Context, type Instant, plus } from "@turno/core/platform";
import type { GetStepTools } from "inngest";
import type { Client } from "../client.ts";
import type { Desk } from "../desk.ts";
import { events } from "../events.ts";
import { say } from "../message/index.ts";
import * as Acts from "./acts.ts";
import { mayDependOnQuote, type Plan, planOf } from "./meaning.ts";

const id = "patient-reply";

type Steps = Pick<GetStepTools<Client>, "run" | "sleepUntil">;

/**
 * Does what a patient writes back, as the patient of that appointment, and answers where they wrote. What it is not sure
 * of it leaves to a person of the clinic.
 *
 * What is to be done is decided once for a message and kept with it: whoever comes second does the same again, which
 * changes nothing.
 */
export const patientReply = (desk: Desk) =>
  desk.inngest.createFunction({ id, triggers: events["message/received"] }, async ({ event, step }) => {
    const { messageId, receivedAt } = event.data;
    const isClear = await step.run("note", () => note(desk.context, messageId));
    if (!isClear) await lookForQuote(desk.context, step, messageId, receivedAt);
    const plan = await step.run("understand", () => decide(desk.context, messageId, { hasWaited: !isClear }));
    await follow(desk, step, messageId, plan);
    return { plan: plan.kind };
  });

/** Who has written may be answered in their own words for a day. Says whether it is known what they answer, or no matter. */
async function note(context: Context, messageId: string): Promise<boolean> {
  const message = await Inbox.get(context, messageId);
  const { organizationId, from: phone, channel, receivedAt: at } = message;
  await Contact.wrote(context, { organizationId, phone, channel, at });
  return (await Inbox.learnQuote(context, message)) || !mayDependOnQuote(message);
}

/** Minutes after somebody has written: by the last, a message that may have gone out has been tried again. */
const LOOKS = [1, 10] as const;

/** Waits until it is known what somebody answers, or is too long unknown. */
async function lookForQuote(
  context: Context,
  step: Steps,
  messageId: string,
  receivedAt: Instant,
): Promise<void> {
  for (const minutes of LOOKS) {
    await step.sleepUntil(`look-at-${minutes}m`, plus(receivedAt, { minutes }));
    const isKnown = await step.run(`look-${minutes}m`, async () =>
      Inbox.learnQuote(context, await Inbox.get(context, messageId)),
    );
    if (isKnown) return;
  }
}

const decide = async (
  context: Context,
  messageId: string,
  situation: { readonly hasWaited: boolean },
): Promise<Plan> => Inbox.decide(context, messageId, await planOf(context, messageId, situation));

async function follow(desk: Desk, step: Steps, messageId: string, plan: Plan): Promise<void> {
  const { context } = desk;
  const tell = (template: AboutMessage) =>
    say(step, desk, `tell-${template}`, { workflow: id, template, about: messageId });
  switch (plan.kind) {
    case "stop":
    case "start": {
      const { kind } = plan;
      await step.run(kind, () => Acts.heed(context, messageId, kind));
      await tell(kind === "stop" ? "reply_stopped" : "reply_started");
      return;
    }
    case "help":
      await tell("reply_help");
      return;
    case "none":
      await tell("reply_none");
      return;
    case "choose":
      await step.run("choose", () => Acts.offerBookings(context, messageId, plan));
      await tell("reply_choose_booking");
      return;
    case "answer":
      await step.run("answer", () => Acts.keepAnswer(context, messageId, plan));
      return handOver(desk, step, messageId, "answer");
    case "read":
      return handOver(desk, step, messageId, plan.reason);
    default:
      return answerFor(desk, step, messageId, await step.run(plan.kind, () => act(context, messageId, plan)));
  }
}

type Act = Extract<Plan, { kind: "confirm" | "cancel" | "reschedule" | "move" | `${string}-offer` }>;

/** What was done, and what came of it. */
interface Acted extends Acts.Outcome {
  readonly act: Act["kind"];
}

async function act(context: Context, messageId: string, plan: Act): Promise<Acted> {
  return { act: plan.kind, ...(await outcomeOf(context, messageId, plan)) };
}

function outcomeOf(context: Context, messageId: string, plan: Act): Promise<Acts.Outcome> {
  switch (plan.kind) {
    case "confirm":
      return Acts.confirm(context, messageId, plan.id);
    case "cancel":
      return Acts.cancel(context, messageId, plan.id);
    case "reschedule":
      return Acts.offerTimes(context, messageId, plan.id);
    case "move":
      return Acts.move(context, messageId, plan);
    case "accept-offer":
    case "decline-offer":
      return Acts.answerOffer(context, messageId, plan);
  }
}

const told = {
  confirm: "reply_confirmed",
  cancel: "reply_cancelled",
  reschedule: "reply_choose_time",
  move: "reply_moved",
} as const;

/** Tells what came of it; what went another way than the patient wished is explained, or left to a person. */
async function answerFor(desk: Desk, step: Steps, messageId: string, acted: Acted): Promise<void> {
  const about = acted.id;
  const tell = (template: AboutBooking) =>
    say(step, desk, `tell-${template}`, { workflow: id, template, about, which: messageId });
  switch (acted.outcome) {
    case "done":
      // The booking that an offer became tells of itself.
      if (acted.act !== "accept-offer" && acted.act !== "decline-offer") await tell(told[acted.act]);
      return;
    case "too-late":
      await tell("reply_too_late");
      return;
    case "again": {
      if (acted.act !== "move") return handOver(desk, step, messageId, "unclear");
      const { outcome } = await step.run("offer-others", () =>
        Acts.offerTimes(desk.context, messageId, about),
      );
      if (outcome === "done") await tell("reply_choose_time");
      else if (outcome === "too-late") await tell("reply_too_late");
      else await handOver(desk, step, messageId, "unclear");
      return;
    }
    case "ended":
      return handOver(desk, step, messageId, "unclear");
  }
}

type AboutBooking = (typeof told)[keyof typeof told] | "reply_too_late";
type AboutMessage = "reply_stopped" | "reply_started" | "reply_help" | "reply_none" | "reply_choose_booking";

async function handOver(
  desk: Desk,
  step: Steps,
  messageId: string,
  reason: Inbox.InboxReason,
): Promise<void> {
  const { isTold } = await step.run("hand-over", () => Acts.handOver(desk.context, messageId, reason));
  if (!isTold) return;
  await say(step, desk, "tell-reply_unclear", { workflow: id, template: "reply_unclear", about: messageId });
}
