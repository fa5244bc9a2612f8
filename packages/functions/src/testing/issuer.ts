import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import type { Issuer } from "../runtime.ts";

export interface TestIssuer extends Issuer {
  /** How often its keys were asked for. */
  readonly asked: () => number;
  /** A token that holds for an hour; claims replace the usual ones. */
  readonly mint: (email: string, claims?: JWTPayload) => Promise<string>;
  readonly close: () => Promise<void>;
}

/** An OIDC issuer of this machine. */
export async function startTestIssuer(): Promise<TestIssuer> {
  const { publicKey, privateKey } = await generateKeyPair("RS256");
  const jwk = { ...(await exportJWK(publicKey)), kid: "test", alg: "RS256", use: "sig" };
  let asked = 0;
  const server = createServer((request, response) => {
    if (request.url === "/keys") {
      asked++;
      response.end(JSON.stringify({ keys: [jwk] }));
    } else {
      response.end(JSON.stringify({ issuer: url, jwks_uri: `${url}/keys` }));
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    audience: "turno",
    asked: () => asked,
    mint(email, claims = {}) {
      const iat = Math.floor(Date.now() / 1000);
      const usual = { iss: url, aud: "turno", email, email_verified: true, iat, exp: iat + 3600 };
      return new SignJWT({ ...usual, ...claims })
        .setProtectedHeader({ alg: "RS256", kid: "test" })
        .sign(privateKey);
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
