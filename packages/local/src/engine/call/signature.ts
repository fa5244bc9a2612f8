import { createHash, createHmac } from "node:crypto";
import canonicalize from "canonicalize";

// Its types speak of a default export; to Node the module is the function itself.
const canonical = canonicalize as unknown as (value: unknown) => string;

const prefix = /^signkey-\w+-/;

/**
 * The `x-inngest-signature` of a body: an HMAC over its canonical JSON (RFC 8785) and the second it was signed in.
 * That second is real time, whatever the engine's clock says, since the SDK refuses one that is five minutes off.
 */
export function signatureOf(signingKey: string, body: unknown): string {
  const seconds = Math.floor(Date.now() / 1000);
  const hmac = createHmac("sha256", signingKey.replace(prefix, ""));
  return `t=${seconds}&s=${hmac.update(`${canonical(body)}${seconds}`).digest("hex")}`;
}

/** What an SDK with the same signing key sends as its bearer token. */
export function hashedKey(signingKey: string): string {
  const [name = ""] = prefix.exec(signingKey) ?? [];
  const secret = Buffer.from(signingKey.slice(name.length), "hex");
  return `${name}${createHash("sha256").update(secret).digest("hex")}`;
}
