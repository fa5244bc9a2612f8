import { join } from "node:path";
import {
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
} from "jose";
import { readIfThere, writeAtomically } from "../disk/index.ts";

/** The key that signs tokens, and what verifies them. */
export interface SigningKey {
  kid: string;
  privateKey: CryptoKey;
  publicJwk: JWK;
}

/** Opens the RSA key of a state folder, making it at the first start; tokens thus outlive a restart. */
export async function openSigningKey(stateDir: string): Promise<SigningKey> {
  const path = join(stateDir, "issuer-key.json");
  const text = readIfThere(path);
  const jwk = text === undefined ? await create(path) : (JSON.parse(text) as JWK);
  const { kty, n, e } = jwk;
  if (kty !== "RSA" || !n || !e) throw new Error(`${path} does not hold an RSA key`);
  const kid = await calculateJwkThumbprint(jwk);
  return {
    kid,
    privateKey: (await importJWK(jwk, "RS256")) as CryptoKey,
    publicJwk: { kty, n, e, kid, alg: "RS256", use: "sig" },
  };
}

/** Only its owner may read the file: whoever has this key is any member of staff. */
async function create(path: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const jwk = await exportJWK(privateKey);
  writeAtomically(path, `${JSON.stringify(jwk)}\n`, { mode: 0o600 });
  return jwk;
}
