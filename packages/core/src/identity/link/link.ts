import { createHmac, timingSafeEqual } from "node:crypto";
import {
  type Context,
  epochMillis,
  type Instant,
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
  const until = Math.floor(epochMillis(plus(end, { days: DAYS_AFTER_VISIT })) / 1000);
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
  const [payload, signature] = token.replace(/^lnk_/, "").split(".");
  if (!payload || !signature) throw forged();
  const given = Buffer.from(signature, "base64url");
  const expected = signatureOf(context, payload);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw forged();
  const [organizationId, appointmentId, until] = JSON.parse(Buffer.from(payload, "base64url").toString());
  if (epochMillis(context.now()) >= until * 1000) {
    throw new Refusal("link-expired", "This link has ended. Please ask the clinic for a new one.");
  }
  return { kind: "patient", organizationId, appointmentId };
}
