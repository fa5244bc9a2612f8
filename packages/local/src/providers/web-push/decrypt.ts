import { createDecipheriv, createECDH, hkdfSync } from "node:crypto";

/** What a browser keeps of its subscription. */
export interface BrowserKeys {
  readonly privateKey: string;
  readonly auth: string;
}

/**
 * Reads what was encrypted for a browser: one record of aes128gcm.
 *
 * Throws when it was not encrypted for it. Source: RFC 8291 and RFC 8188
 */
export function decrypt(message: Buffer, { privateKey, auth }: BrowserKeys): string {
  const salt = message.subarray(0, 16);
  const keyEnd = 21 + message.readUInt8(20);
  const senderKey = message.subarray(21, keyEnd);
  const own = createECDH("prime256v1");
  own.setPrivateKey(privateKey, "base64url");
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), own.getPublicKey(), senderKey]);
  const secret = hkdf(own.computeSecret(senderKey), Buffer.from(auth, "base64url"), info, 32);
  const key = hkdf(secret, salt, "Content-Encoding: aes128gcm\0", 16);
  const nonce = hkdf(secret, salt, "Content-Encoding: nonce\0", 12);
  const decipher = createDecipheriv("aes-128-gcm", key, nonce);
  decipher.setAuthTag(message.subarray(-16));
  const record = Buffer.concat([decipher.update(message.subarray(keyEnd, -16)), decipher.final()]);
  const end = record.lastIndexOf(2);
  if (end < 0 || record.subarray(end + 1).some((byte) => byte !== 0))
    throw new Error("the record has no end");
  return record.subarray(0, end).toString("utf8");
}

const hkdf = (secret: Uint8Array, salt: Uint8Array, info: string | Uint8Array, bytes: number): Buffer =>
  Buffer.from(hkdfSync("sha256", secret, salt, info, bytes));
