import { Organization } from "@turno/core/identity";
import { Delivery } from "@turno/core/notifications";
import { defaultPolicy } from "@turno/core/platform";
import type { GetStepTools } from "inngest";
import type { Client } from "../client.ts";
import type { Desk } from "../desk.ts";
import type { Independent } from "../independent.ts";
import { type LetterName, letters } from "./letters/index.ts";

interface Message<Name extends LetterName> {
  /** The id of the workflow. */
  readonly workflow: string;
  readonly template: Name;
  /** The id of what it is about. */
  readonly about: string;
  /** Which one, where a step tells of several: the id of the event that asks for it, the year of a birthday. */
  readonly which?: string;
}

/** What became of a message; `moot` when the world had moved on and there was nothing to say. */
export type Said = Exclude<Delivery.Outcome, { status: "quiet" }> | { readonly status: "moot" };

type Steps = Pick<GetStepTools<Client>, "run" | "sleepUntil">;

/** Tells somebody something in a step of its own: once, however often the step or its run is repeated. */
export function say<Name extends LetterName>(
  step: Steps,
  desk: Desk,
  stepId: string,
  { workflow, template, about, which }: Message<Name>,
): Promise<Said> {
  const occasion = [workflow, stepId, ...(which ? [which] : [])].join(":");
  return deliver(step, desk, stepId, { template, about, occasion });
}

interface ToBoth {
  /** The id of the workflow. */
  readonly workflow: string;
  /** The id of what it is about. */
  readonly about: string;
  readonly patient: LetterName;
  readonly doctor: LetterName;
}

/** Tells both sides, each in a step of its own: that one cannot be told keeps nothing from the other. */
export async function sayToBoth(
  step: Steps,
  desk: Desk,
  messages: Independent,
  { workflow, about, patient, doctor }: ToBoth,
): Promise<void> {
  await messages.outcomeOf(say(step, desk, "tell-patient", { workflow, about, template: patient }));
  await messages.outcomeOf(say(step, desk, "tell-doctor", { workflow, about, template: doctor }));
}

interface Delivered<Name extends LetterName> {
  readonly template: Name;
  readonly about: string;
  readonly occasion: string;
}

/**
 * Writes and sends the letter of an occasion.
 *
 * In quiet hours the run sleeps until they are over, and the letter is written anew.
 */
export async function deliver<Name extends LetterName>(
  step: Steps,
  desk: Desk,
  stepId: string,
  message: Delivered<Name>,
): Promise<Said> {
  for (let night = 0; ; night++) {
    const suffix = night === 0 ? "" : `-after-quiet-${night}`;
    const said = await step.run(stepId + suffix, () => tell(desk, message));
    if (said.status !== "quiet") return said;
    await step.sleepUntil(`${stepId}-quiet-${night + 1}`, said.until);
  }
}

async function tell<Name extends LetterName>(
  desk: Desk,
  { template, about, occasion }: Delivered<Name>,
): Promise<Delivery.Outcome | { readonly status: "moot" }> {
  const letter = await letters[template](desk, about, occasion);
  if (!letter) return { status: "moot" };
  const { context, channels } = desk;
  const { messaging = {}, policy } = await Organization.get(context, letter.organizationId);
  const { quietHours = defaultPolicy.quietHours } = policy;
  return Delivery.send(context, channels, { ...letter, about, occasion, messaging, quietHours });
}
