import { createPrivateKey, sign } from "node:crypto";

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

/** The `Authorization` for a push service: a token by ES256. Source: RFC 8292, section 3, and RFC 7515, appendix A.3 */
export function authorizationFor(
  { publicKey, privateKey, subject }: VapidKeys,
  audience: string,
  now: number,
): string {
  const point = Buffer.from(publicKey, "base64url");
  const key = createPrivateKey({
    format: "jwk",
    key: {
      kty: "EC",
      crv: "P-256",
      x: point.subarray(1, 33).toString("base64url"),
      y: point.subarray(33).toString("base64url"),
      d: privateKey,
    },
  });
  const claims = { aud: audience, exp: Math.floor(now / 1000) + VALID_SECONDS, sub: subject };
  const signed = `${partOf({ typ: "JWT", alg: "ES256" })}.${partOf(claims)}`;
  const signature = sign("sha256", Buffer.from(signed), { key, dsaEncoding: "ieee-p1363" });
  return `vapid t=${signed}.${signature.toString("base64url")}, k=${publicKey}`;
}

const partOf = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
