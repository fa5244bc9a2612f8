import { createHash, createHmac } from "node:crypto";
import type { Fault, Message, Office } from "../office/index.ts";
import { type Asked, EMAIL, type Hook, jsonOf, type Reply, type StandIn } from "../stand-in.ts";

const API_KEY = "re_local_key";
export const RESEND_SIGNING_SECRET = `whsec_${Buffer.from("local-resend-signing-secret").toString("base64")}`;

interface Tag {
  readonly name: string;
  readonly value: string;
}

/** Resend's e-mails. */
export function resendStandIn(office: Office): StandIn {
  function answer(asked: Asked, fault: Partial<Fault>): Reply {
    const { authorization, "idempotency-key": key } = asked.headers;
    if (authorization === undefined) return refused(401, "missing_api_key");
    if (authorization !== `Bearer ${API_KEY}`) return refused(403, "invalid_api_key");
    if (`${asked.method} ${asked.path}` !== "POST /emails") return refused(404, "not_found");
    const email = jsonOf(asked);
    if (!email) return refused(422, "missing_required_field");
    const { from, to: recipients, subject, text, tags = [] } = email;
    const [to] = [recipients].flat() as unknown[];
    if (typeof from !== "string" || !EMAIL.test(addressIn(from))) return refused(422, "invalid_from_address");
    if (typeof to !== "string" || !EMAIL.test(to))
      return refused(422, "validation_error", "Invalid `to` field.");
    if (addressIn(from).endsWith("@resend.dev"))
      return refused(403, "validation_error", "You can only send testing emails to your own email address.");
    if (typeof subject !== "string" || typeof text !== "string")
      return refused(422, "missing_required_field");
    if (!areTags(tags)) return refused(422, "validation_error", "Tags are of letters, digits, _ and -.");
    if (key !== undefined && !(key.length >= 1 && key.length <= 256))
      return refused(400, "invalid_idempotency_key");
    const named = Object.fromEntries(tags.map(({ name, value }) => [name, value]));
    const kept = office.keep(
      {
        providerMessageId: uuidOf(office.newId()),
        provider: "resend",
        channel: "email",
        to,
        from,
        ...(named.template && { template: named.template }),
        ...(named.language && { language: named.language }),
        subject,
        body: text,
        ...(key && { idempotencyKey: String(key) }),
        callback: JSON.stringify(named),
      },
      fault,
    );
    const isSame = kept.to === to && kept.subject === subject && kept.body === text;
    if (!isSame) return refused(409, "invalid_idempotent_request");
    return { status: 200, body: { id: kept.providerMessageId } };
  }

  return {
    provider: "resend",
    variables: (url) => ({ RESEND_API_KEY: API_KEY, RESEND_API_URL: url }),
    isMessage: ({ method }) => method === "POST",
    answer,
    failure(why) {
      if (why === "busy") return refused(429, "rate_limit_exceeded");
      if (why === "fault") return refused(500, "internal_server_error");
      return refused(STATUS[why] ?? 422, String(why));
    },
    receipt,
  };
}

const STATUS: Readonly<Record<string, number>> = {
  concurrent_idempotent_requests: 409,
  daily_quota_exceeded: 429,
  invalid_api_key: 403,
  monthly_quota_exceeded: 429,
};

const refused = (statusCode: number, name: string, message = name): Reply => ({
  status: statusCode,
  body: { statusCode, name, message },
});

const addressIn = (from: string): string => /<([^>]+)>$/.exec(from)?.[1] ?? from;

const areTags = (tags: unknown): tags is Tag[] =>
  Array.isArray(tags) &&
  tags.every(
    ({ name, value }: Tag) =>
      /^[\w-]{1,256}$/.test(name) && typeof value === "string" && /^[\w-]{1,256}$/.test(value),
  );

const uuidOf = (id: string): string =>
  createHash("md5")
    .update(id)
    .digest("hex")
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

/** Source: resend.com/docs/dashboard/webhooks/event-types, docs.svix.com/receiving/verifying-payloads/how-manual */
function receipt(message: Message, apiUrl: string, at: number): Hook {
  const { providerMessageId, fate, callback, to, from, subject } = message;
  const isDelivered = fate.status === "delivered";
  const body = JSON.stringify({
    type: isDelivered ? "email.delivered" : "email.bounced",
    created_at: new Date(at).toISOString(),
    data: {
      email_id: providerMessageId,
      from,
      to: [to],
      subject,
      ...(callback && { tags: JSON.parse(callback) as object }),
      ...(!isDelivered && { bounce: { type: "Permanent", subType: "General" } }),
    },
  });
  const id = `msg_${providerMessageId}`;
  const timestamp = String(Math.floor(at / 1000));
  const key = Buffer.from(RESEND_SIGNING_SECRET.slice("whsec_".length), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return {
    url: `${apiUrl}/v1/webhooks/resend`,
    headers: {
      "content-type": "application/json",
      "svix-id": id,
      "svix-timestamp": timestamp,
      "svix-signature": `v1,${signature}`,
    },
    body,
  };
}
