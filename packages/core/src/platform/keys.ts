import { createCipheriv, createHash, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { ulidFromDigest } from "./ulid.ts";

const SEALED = "sealed.v1.";

/** The keys of one stage, all derived from one master key. */
export interface Keys {
  /** Encrypts one field (AES-256-GCM): `sealed.v1.` and base64url of nonce, ciphertext and tag. */
  seal(text: string): string;
  /** An id that follows from `parts`: for looking up what must not stand in a key, such as a phone. */
  derive(purpose: string, ...parts: string[]): string;
  /** Signs patients' links. */
  readonly links: Uint8Array;
}

export const isSealed = (text: string): boolean => text.startsWith(SEALED);

/** Derives the keys from 32 random bytes: on AWS a data key that KMS unwraps, on one machine a local file. */
export function keysFrom(master: Uint8Array): Keys {
  if (master.length !== 32) throw new Error("The master key must have 32 bytes.");
  const derived = (purpose: string) => Buffer.from(hkdfSync("sha256", master, "", `turno/${purpose}`, 32));
  const sealing = derived("seal");
  const lookup = derived("lookup");
  return {
    links: derived("links"),
    seal(text) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", sealing, nonce);
      const sealed = Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
      return SEALED + sealed.toString("base64url");
    },
    derive(purpose, ...parts) {
      const hmac = createHmac("sha256", lookup).update(JSON.stringify([purpose, ...parts]));
      return ulidFromDigest(hmac.digest());
    },
  };
}

/** A short digest (66 bits) for telling two texts apart; not for secrets. */
export const digestOf = (text: string): string =>
  createHash("sha256").update(text).digest("base64url").slice(0, 11);
