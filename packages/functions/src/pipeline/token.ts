import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import type { Issuer } from "../runtime.ts";
import { Unauthenticated } from "./refusals.ts";

/** The claims of a token that holds. Throws {@link Unauthenticated}. */
export type VerifyToken = (token: string) => Promise<JWTPayload>;

const TIMEOUT_MS = 2_000;

/**
 * Verifies tokens as the gateway's authorizer does: signature, `iss`, `exp` and `nbf` by the real clock, and `aud` or,
 * where there is none, `client_id`. The issuer's keys are fetched once and kept while the Lambda lives.
 */
export function tokenVerifier(issuer: Issuer): VerifyToken {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  const keysOf = (): Promise<JWTVerifyGetKey> => {
    keys ??= findKeys(issuer).catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    return keys;
  };
  return async (token) => {
    const claims = await claimsOf(token, await keysOf(), issuer.url);
    const audience = [claims.aud ?? claims.client_id ?? []].flat();
    if (!audience.includes(issuer.audience)) throw new Unauthenticated("This token is for somebody else.");
    return claims;
  };
}

async function findKeys({ url, jwksUrl }: Issuer): Promise<JWTVerifyGetKey> {
  return createRemoteJWKSet(new URL(jwksUrl ?? (await discoveredKeys(url))), {
    timeoutDuration: TIMEOUT_MS,
  });
}

async function discoveredKeys(issuerUrl: string): Promise<string> {
  const answer = await fetch(`${issuerUrl.replace(/\/$/, "")}/.well-known/openid-configuration`, {
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const document = (await answer.json()) as { jwks_uri: string };
  return document.jwks_uri;
}

async function claimsOf(token: string, keys: JWTVerifyGetKey, issuer: string): Promise<JWTPayload> {
  try {
    const options = { issuer, algorithms: ["RS256"], requiredClaims: ["exp"] };
    const { payload } = await jwtVerify(token, keys, options);
    return payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw new Unauthenticated("This token has ended. Sign in again.");
    if (error instanceof errors.JOSEError && !isOutage(error)) {
      throw new Unauthenticated("This token does not hold.");
    }
    throw error;
  }
}

/** The issuer's keys could not be had, which says nothing about the token. */
const isOutage = ({ code }: errors.JOSEError): boolean =>
  code === errors.JWKSTimeout.code || code === errors.JOSEError.code;
