import { createHmac } from "node:crypto";
import * as z from "zod";
import {
  BadSignature,
  type Incoming,
  isSame,
  jsonIn,
  Moment,
  reading,
  requireFresh,
  type Webhook,
} from "../webhook/index.ts";

export interface ResendSecrets {
  /** `whsec_` and base64. */
  readonly signingSecret: string;
}

/**
 * What became of e-mails that Resend took: JSON, signed with a time and an id by Svix.
 *
 * Source: docs.svix.com/receiving/verifying-payloads/how-manual, resend.com/docs/dashboard/webhooks/event-types
 */
export const resendWebhook: Webhook<ResendSecrets> = {
  name: "resend",
  verify({ headers, body }, { signingSecret }, now) {
    const { "svix-id": id, "svix-timestamp": timestamp, "svix-signature": signatures } = headers;
    if (!id || !timestamp || !signatures) throw new BadSignature();
    const key = Buffer.from(signingSecret.replace(/^whsec_/, ""), "base64");
    const signed = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
    const expected = `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
    // Several while a secret is being changed.
    const given = signatures.split(" ");
    if (!given.map((signature) => isSame(signature, expected)).includes(true)) throw new BadSignature();
    requireFresh(Number(timestamp) * 1000, now);
    return { id };
  },
  parse: ({ body }) => reading(Event, jsonIn(body.toString("utf8")), "event", receiptOf),
};

const Tags = z.union([
  z.record(z.string(), z.string()),
  z
    .array(z.object({ name: z.string(), value: z.string() }))
    .transform((tags) => Object.fromEntries(tags.map(({ name, value }) => [name, value]))),
]);

const Event = z.object({
  type: z.string(),
  created_at: Moment,
  data: z.object({
    email_id: z.string().min(1),
    tags: Tags.optional(),
    bounce: z.object({ type: z.string().optional() }).optional(),
  }),
});

function receiptOf({ type, created_at, data }: z.output<typeof Event>): Incoming[] {
  const reference = data.tags?.reference;
  const receipt = {
    kind: "receipt",
    providerMessageId: data.email_id,
    ...(reference && { reference }),
    at: created_at,
  } as const;
  switch (type) {
    case "email.delivered":
      return [{ ...receipt, status: "delivered" }];
    case "email.bounced": {
      const isPassing = data.bounce?.type === "Transient";
      return [{ ...receipt, status: "failed", reason: isPassing ? "refused" : "wrong-number" }];
    }
    case "email.complained":
      return [{ ...receipt, status: "failed", reason: "opted-out" }];
    case "email.failed":
    case "email.suppressed":
      return [{ ...receipt, status: "failed", reason: "refused" }];
    default:
      // On its way, late, or read.
      return [];
  }
}
