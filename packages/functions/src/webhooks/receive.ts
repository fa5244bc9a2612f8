import { Intake } from "@turno/core/notifications";
import { Refusal } from "@turno/core/platform";
import { BadSignature, StaleTimestamp, type WebhookRequest } from "@turno/providers/webhooks";
import { NoSuchRoute } from "../pipeline/refusals.ts";
import type { Runtime } from "../runtime.ts";
import type { Receiver } from "./receiver.ts";

/**
 * Takes a call of a provider; one that comes again is answered as the first time.
 *
 * Its signed id is remembered when all is done, so that what failed half-way is done again. Where none is signed it is
 * taken again, which changes nothing. Throws `not-found` for a provider that this stage has no account with,
 * `signature-invalid`, `signature-stale`.
 */
export async function receive(runtime: Runtime, provider: string, request: WebhookRequest): Promise<void> {
  const { context } = runtime;
  const receiver = receiverNamed(runtime, provider);
  const { id } = await asRefusal(async () => receiver.verify(request, runtime));
  if (id !== undefined && (await Intake.isHeard(context, [provider, id]))) return;
  await receiver.take(request, runtime);
  if (id !== undefined) await Intake.heard(context, [provider, id]);
}

/** Answers a provider that asks whether this is its address. Throws `not-found`, `signature-invalid`. */
export async function challenge(
  runtime: Runtime,
  provider: string,
  request: WebhookRequest,
): Promise<string> {
  const receiver = receiverNamed(runtime, provider);
  if (!receiver.challenge) throw new NoSuchRoute();
  return asRefusal(async () => receiver.challenge!(request));
}

function receiverNamed({ receivers = {} }: Runtime, provider: string): Receiver {
  const receiver = Object.hasOwn(receivers, provider) ? receivers[provider] : undefined;
  if (!receiver) throw new NoSuchRoute();
  return receiver;
}

async function asRefusal<T>(checked: () => Promise<T>): Promise<T> {
  try {
    return await checked();
  } catch (error) {
    if (error instanceof BadSignature) throw new Refusal("signature-invalid", error.message);
    if (error instanceof StaleTimestamp) throw new Refusal("signature-stale", error.message);
    throw error;
  }
}
