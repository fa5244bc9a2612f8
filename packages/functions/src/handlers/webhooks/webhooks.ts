import type { Handlers } from "../../pipeline/handler.ts";
import { challenge, receive } from "../../webhooks/index.ts";

/** Twilio takes an answer for what it is to say, and asks for this where there is nothing; the others do not read it. */
const NOTHING_TO_SAY = "<Response/>";

export const webhooks = {
  receiveWebhook: async ({ runtime, params, raw }) => {
    await receive(runtime, params.provider, raw);
    return NOTHING_TO_SAY;
  },
  receiveWebhookOfKind: async ({ runtime, params, raw }) => {
    await receive(runtime, params.provider, raw);
    return NOTHING_TO_SAY;
  },
  answerChallenge: ({ runtime, params, raw }) => challenge(runtime, params.provider, raw),
} satisfies Handlers<"webhooks">;
