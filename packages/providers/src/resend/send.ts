import { Channel } from "@turno/core/notifications";
import * as z from "zod";
import { type Answer, call } from "../http/index.ts";
import { failureOf, type Verdicts, verdictOfStatus } from "../verdict.ts";

/** An account with Resend. */
export interface ResendAccount {
  readonly apiKey: string;
  /** Without a final slash. */
  readonly apiUrl?: string;
  readonly timeoutMillis?: number;
}

/**
 * E-mail by Resend, which takes a second message with the same key for the first one, for 24 hours.
 *
 * Source: resend.com/docs/api-reference/emails/send-email, /docs/dashboard/emails/idempotency-keys
 */
export const resend = ({
  apiKey,
  apiUrl = "https://api.resend.com",
  timeoutMillis = 10_000,
}: ResendAccount): Channel.Channel => ({
  name: "resend",
  async send(message) {
    if (message.channel !== "email") throw new Channel.Undeliverable("refused");
    const { idempotencyKey, reference, to, sender, subject, body, html, template, language } = message;
    const answer = await call({
      url: `${apiUrl}/emails`,
      headers: {
        authorization: `Bearer ${apiKey}`,
        "content-type": "application/json",
        "idempotency-key": idempotencyKey,
      },
      body: JSON.stringify({
        from: sender,
        to: [to],
        subject: subject ?? "",
        text: body,
        html,
        tags: Object.entries({ template, language, reference }).map(([name, value]) => ({ name, value })),
      }),
      timeoutMillis,
    });
    if (answer.status !== 200) return whatIsLeft(answer, reference);
    const accepted = Accepted.safeParse(answer.body);
    if (!accepted.success) throw new Channel.TryLater("unreadable-answer");
    return { providerMessageId: accepted.data.id };
  },
});

const Accepted = z.object({ id: z.string().min(1) });

const Refusal = z.object({ name: z.string(), message: z.string().default("") });

/**
 * `validation_error` is not here: it comes with 400 for what is wrong with an e-mail, and with 403 for an account that has
 * verified no domain.
 *
 * Source: resend.com/docs/api-reference/errors
 */
const verdicts: Verdicts<string> = {
  application_error: "later",
  daily_quota_exceeded: "unauthorized",
  internal_server_error: "later",
  invalid_access: "unauthorized",
  invalid_api_key: "unauthorized",
  invalid_from_address: "refused",
  invalid_idempotency_key: "refused",
  invalid_parameter: "refused",
  missing_api_key: "unauthorized",
  missing_required_field: "refused",
  monthly_quota_exceeded: "unauthorized",
  rate_limit_exceeded: "later",
  restricted_api_key: "unauthorized",
  security_error: "refused",
};

function whatIsLeft(answer: Answer, reference: string): { providerMessageId: string } {
  const { name, message } = Refusal.safeParse(answer.body).data ?? { name: "", message: "" };
  // The first attempt was taken, and since then our words for it have changed. Its receipts have the reference.
  if (name === "invalid_idempotent_request") return { providerMessageId: reference };
  // The first attempt is still under way.
  if (name === "concurrent_idempotent_requests") throw new Channel.TryLater("busy", undefined, true);
  if (name === "validation_error" && message.includes("`to`")) throw new Channel.WrongNumber();
  throw failureOf(verdicts[name] ?? verdictOfStatus(answer.status), answer);
}
