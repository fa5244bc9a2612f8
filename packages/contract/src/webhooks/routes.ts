import * as z from "zod";
import { provider } from "../access.ts";
import { route } from "../route.ts";

const context = "webhooks";

const name = z
  .string()
  .regex(/^[a-z][a-z-]{0,31}$/)
  .meta({ description: "As settings name it", example: "twilio" });
const kind = z
  .string()
  .regex(/^[a-z][a-z-]{0,31}$/)
  .meta({ description: "Whatever helps to tell two addresses apart", example: "status" });

const received = { 200: z.string().meta({ description: "Nothing, in the form that every provider takes" }) };
const failures = ["not-found", "signature-invalid", "signature-stale", "too-large"] as const;

export const receiveWebhook = route({
  id: "receiveWebhook",
  method: "POST",
  path: "/v1/webhooks/{provider}",
  context,
  access: provider,
  summary: "A provider tells what became of a message, or what somebody wrote",
  description:
    "In the form of the provider, to the byte as it was signed, and at most 4 MB of it. The same call again has the same answer and no effect. What makes no sense here is kept for the clinic's operators and answered all the same, so that the provider does not repeat it.",
  params: z.strictObject({ provider: name }),
  produces: "text/xml",
  responses: received,
  failures,
});

export const receiveWebhookOfKind = route({
  id: "receiveWebhookOfKind",
  method: "POST",
  path: "/v1/webhooks/{provider}/{kind}",
  context,
  access: provider,
  summary: "The same, at an address for one kind of calls",
  params: z.strictObject({ provider: name, kind }),
  produces: "text/xml",
  responses: received,
  failures,
});

export const answerChallenge = route({
  id: "answerChallenge",
  method: "GET",
  path: "/v1/webhooks/{provider}",
  context,
  access: provider,
  summary: "A provider asks whether this is the address that it was given",
  description: "Meta does, and is answered with its challenge when it knows the token that was agreed.",
  params: z.strictObject({ provider: name }),
  produces: "text/plain",
  responses: { 200: z.string() },
  failures: ["not-found", "signature-invalid"],
});
