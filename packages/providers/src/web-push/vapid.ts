import { importJWK, SignJWT } from "jose";

/** Who the application is to push services. */
export interface VapidKeys {
  /** A point of P-256, uncompressed, in base64url: browsers subscribe with it. */
  readonly publicKey: string;
  /** 32 bytes in base64url. */
  readonly privateKey: string;
  /** Where a push service reaches whoever runs this: `mailto:` or `https:`. */
  readonly subject: string;
}

/** A token holds for one push service, and for 24 hours at most. */
const VALID_SECONDS = 12 * 60 * 60;

/** The `Authorization` for a push service. Source: RFC 8292, section 3 */
export async function authorizationFor(
  { publicKey, privateKey, subject }: VapidKeys,
  audience: string,
  now: number,
): Promise<string> {
  const point = Buffer.from(publicKey, "base64url");
  const key = await importJWK(
    {
      kty: "EC",
      crv: "P-256",
      x: point.subarray(1, 33).toString("base64url"),
      y: point.subarray(33).toString("base64url"),
      d: privateKey,
    },
    "ES256",
  );
  const token = await new SignJWT()
    .setProtectedHeader({ typ: "JWT", alg: "ES256" })
    .setAudience(audience)
    .setExpirationTime(Math.floor(now / 1000) + VALID_SECONDS)
    .setSubject(subject)
    .sign(key);
  return `vapid t=${token}, k=${publicKey}`;
}
