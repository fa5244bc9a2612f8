import { Channel } from "@turno/core/notifications";
import { Payment } from "@turno/core/payments";
import * as z from "zod";
import { type Answer, type Call, call, retryAfter } from "../http/index.ts";
import { formOf } from "./form.ts";
import { isSaved } from "./saved.ts";

/** An account with Stripe. */
export interface StripeAccount {
  readonly secretKey: string;
  /** Without a final slash. */
  readonly apiUrl?: string;
  readonly timeoutMillis?: number;
}

/** What its answers look like; the account's own version may be any. */
const VERSION = "2025-08-27.basil";

/** Calls Stripe. Throws `TryLater` and `Refused`. */
export function stripeApi({
  secretKey,
  apiUrl = "https://api.stripe.com",
  timeoutMillis = 20_000,
}: StripeAccount) {
  const headers = { authorization: `Bearer ${secretKey}`, "stripe-version": VERSION };
  return {
    get<Schema extends z.ZodType>(schema: Schema, path: string, fields: Fields) {
      const url = `${apiUrl}${path}?${new URLSearchParams(formOf(fields))}`;
      return asked(schema, { method: "GET", url, headers, timeoutMillis });
    },
    post<Schema extends z.ZodType>(schema: Schema, path: string, idempotencyKey: string, fields: Fields) {
      return asked(schema, {
        url: apiUrl + path,
        headers: {
          ...headers,
          "content-type": "application/x-www-form-urlencoded",
          "idempotency-key": idempotencyKey,
        },
        body: new URLSearchParams(formOf(fields)).toString(),
        timeoutMillis,
      });
    },
  };
}

type Fields = Parameters<typeof formOf>[0];

async function asked<Schema extends z.ZodType>(schema: Schema, request: Call): Promise<z.output<Schema>> {
  const answer = await called(request);
  // A look has no key, and says nothing of one.
  const isKept = request.method !== "GET" && isSaved(answer);
  if (answer.status < 200 || answer.status >= 300) throw failureOf(answer, isKept);
  const { success, data } = schema.safeParse(answer.body);
  if (!success) throw new Payment.TryLater("unreadable-answer", undefined, isKept);
  return data;
}

async function called(request: Call): Promise<Answer> {
  try {
    return await call(request);
  } catch (error) {
    // Whether it arrived does not matter: the key makes it harmless to ask again.
    if (error instanceof Channel.TryLater) throw new Payment.TryLater(error.reason, error.retryAfterSeconds);
    throw error;
  }
}

type Verdict = "later" | "unauthorized" | "refused";

/** Where the code tells more than the status. Source: docs.stripe.com/error-codes */
const verdicts: Readonly<Record<string, Verdict>> = {
  account_invalid: "unauthorized",
  api_key_expired: "unauthorized",
  // The clinic's balance with Stripe does not cover a refund yet.
  balance_insufficient: "later",
  idempotency_key_in_use: "later",
  livemode_mismatch: "unauthorized",
  lock_timeout: "later",
  platform_api_key_expired: "unauthorized",
  rate_limit: "later",
  secret_key_required: "unauthorized",
  testmode_charges_only: "unauthorized",
};

/** Source: docs.stripe.com/api/errors */
function verdictOfStatus(status: number): Verdict {
  if (status === 401 || status === 403) return "unauthorized";
  const isPassing = status === 409 || status === 424 || status === 429 || status >= 500;
  return isPassing ? "later" : "refused";
}

const Failure = z.object({ error: z.object({ type: z.string(), code: z.string().optional() }) });

/** Nothing of the answer's text goes into the error: Stripe's codes are words of its own. */
function failureOf({ status, headers, body }: Answer, isKept: boolean): Error {
  const { type = "", code = type } = Failure.safeParse(body).data?.error ?? {};
  switch (verdicts[code] ?? verdictOfStatus(status)) {
    case "later":
      return new Payment.TryLater("busy", retryAfter(headers), isKept);
    case "unauthorized":
      return new Payment.TryLater("unauthorized", retryAfter(headers), isKept);
    case "refused":
      return new Payment.Refused(/^[a-z_]{1,80}$/.test(code) ? code : `status-${status}`);
  }
}
