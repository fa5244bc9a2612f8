import { createHmac, timingSafeEqual } from "node:crypto";
import * as z from "zod";
import {
  type Context,
  epochMillis,
  epochSeconds,
  type Instant,
  idOf,
  type PatientLink,
  plus,
  Refusal,
} from "../../platform/index.ts";

/** What a patient's link opens: one appointment, until some days after it. */
export interface Ticket {
  readonly organizationId: string;
  /** The ULID shared by a request and its reservation. */
  readonly appointmentId: string;
  /** End of the appointment. */
  readonly end: Instant;
}

const DAYS_AFTER_VISIT = 30;

const signatureOf = (context: Context, payload: string): Buffer =>
  createHmac("sha256", context.keys.links).update(payload).digest();

/**
 * The token of a link, for a bearer header: `lnk_<payload>.<signature>`, HMAC-SHA256.
 *
 * The same ticket has the same token, so that a repeated call can give the same answer.
 */
export function write(context: Context, { organizationId, appointmentId, end }: Ticket): string {
  const until = epochSeconds(plus(end, { days: DAYS_AFTER_VISIT }));
  const payload = Buffer.from(JSON.stringify([organizationId, appointmentId, until])).toString("base64url");
  return `lnk_${payload}.${signatureOf(context, payload).toString("base64url")}`;
}

const forged = () => new Refusal("link-invalid", "This link is not valid.");

/**
 * The actor that holds this token.
 *
 * Throws `link-invalid` for a token that was not written here, `link-expired` for one that has ended.
 */
export function open(context: Context, token: string): PatientLink {
  const [, payload, signature] = FORM.exec(token) ?? [];
  if (!payload || !signature) throw forged();
  const given = Buffer.from(signature, "base64url");
  if (!timingSafeEqual(given, signatureOf(context, payload))) throw forged();
  const [organizationId, appointmentId, until] = contentOf(payload);
  if (epochMillis(context.now()) >= until * 1000) {
    throw new Refusal("link-expired", "This link has ended. Please ask the clinic for a new one.");
  }
  return { kind: "patient", organizationId, appointmentId };
}

/** 43 characters of base64url are the 32 bytes of a signature. */
const FORM = /^lnk_([\w-]+)\.([\w-]{43})$/;

const Content = z.tuple([idOf("organization"), z.string(), z.int()]);

function contentOf(payload: string): z.infer<typeof Content> {
  try {
    return Content.parse(JSON.parse(Buffer.from(payload, "base64url").toString()));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) throw forged();
    throw error;
  }
}
