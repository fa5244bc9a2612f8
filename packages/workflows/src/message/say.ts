import { Organization } from "@turno/core/identity";
import { Delivery } from "@turno/core/notifications";
import type { GetStepTools } from "inngest";
import type { Client } from "../client.ts";
import type { Desk } from "../desk.ts";
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

/**
 * Tells somebody something in a step of its own: once, however often the step or its run is repeated.
 *
 * In the person's quiet hours the run sleeps until they are over, and the letter is written anew.
 */
export async function say<Name extends LetterName>(
  step: Pick<GetStepTools<Client>, "run" | "sleepUntil">,
  desk: Desk,
  stepId: string,
  message: Message<Name>,
): Promise<Said> {
  const occasion = [message.workflow, stepId, ...(message.which ? [message.which] : [])].join(":");
  for (let night = 0; ; night++) {
    const suffix = night === 0 ? "" : `-after-quiet-${night}`;
    const said = await step.run(stepId + suffix, () => tell(desk, message, occasion));
    if (said.status !== "quiet") return said;
    await step.sleepUntil(`${stepId}-quiet-${night + 1}`, said.until);
  }
}

/** Writes the letter as the world is now, and sends it. */
async function tell<Name extends LetterName>(
  desk: Desk,
  { template, about }: Pick<Message<Name>, "template" | "about">,
  occasion: string,
): Promise<Delivery.Outcome | { readonly status: "moot" }> {
  const letter = await letters[template](desk, about, occasion);
  if (!letter) return { status: "moot" };
  const { messaging = {} } = await Organization.get(desk.context, letter.organizationId);
  return Delivery.send(desk.context, desk.channels, { ...letter, about, occasion, messaging });
}
