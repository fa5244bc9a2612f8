import { createCipheriv, createECDH, hkdfSync, randomBytes } from "node:crypto";

/** The keys of a browser's subscription. */
export interface SubscriptionKeys {
  /** Its public key: a point of P-256, uncompressed, in base64url. */
  readonly p256dh: string;
  /** 16 bytes that it shares with the application, in base64url. */
  readonly auth: string;
}

interface Chance {
  readonly privateKey?: Uint8Array;
  readonly salt?: Uint8Array;
}

const RECORD_BYTES = 4096;

/** What a record holds beside the text: its header with a public key, the delimiter and the tag. */
const OVERHEAD_BYTES = 16 + 4 + 1 + 65 + 1 + 16;

/** The longest text: push services take 4,096 bytes. */
export const LONGEST_BYTES = RECORD_BYTES - OVERHEAD_BYTES;

/**
 * Encrypts for one browser, so that the push service cannot read it. With a key and a salt of its own each time; they are
 * given for published examples alone.
 *
 * Throws when the subscription's key is none. Source: RFC 8291 and RFC 8188 (aes128gcm)
 */
export function encrypt(
  text: Uint8Array,
  keys: SubscriptionKeys,
  { privateKey, salt = randomBytes(16) }: Chance = {},
): Buffer<ArrayBuffer> {
  const browserKey = Buffer.from(keys.p256dh, "base64url");
  const own = createECDH("prime256v1");
  if (privateKey) own.setPrivateKey(privateKey);
  else own.generateKeys();
  const ownKey = own.getPublicKey();
  const keyInfo = Buffer.concat([Buffer.from("WebPush: info\0"), browserKey, ownKey]);
  const auth = Buffer.from(keys.auth, "base64url");
  const secret = hkdf(own.computeSecret(browserKey), auth, keyInfo, 32);
  const key = hkdf(secret, salt, "Content-Encoding: aes128gcm\0", 16);
  const nonce = hkdf(secret, salt, "Content-Encoding: nonce\0", 12);
  const cipher = createCipheriv("aes-128-gcm", key, nonce);
  const header = Buffer.alloc(5);
  header.writeUInt32BE(RECORD_BYTES, 0);
  header.writeUInt8(ownKey.length, 4);
  // The last record ends with a 2.
  const sealed = [cipher.update(text), cipher.update(Uint8Array.of(2)), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat([salt, header, ownKey, ...sealed]);
}

const hkdf = (secret: Uint8Array, salt: Uint8Array, info: string | Uint8Array, bytes: number): Buffer =>
  Buffer.from(hkdfSync("sha256", secret, salt, info, bytes));
