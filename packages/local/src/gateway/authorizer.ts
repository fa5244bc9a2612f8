import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";

export interface JwtOptions {
  /** The `iss` of the tokens; its discovery document says where the keys are. */
  issuer: string;
  /** One of these has to be the token's `aud` or, when it has none, its `client_id`. */
  audience: readonly string[];
}

/** A request carries no token, or one that does not hold. */
export class Unauthorized extends Error {
  override name = "Unauthorized";
  /** The value of the `www-authenticate` header. */
  readonly challenge: string;

  constructor(description?: string) {
    super(description ?? "There is no token");
    this.challenge =
      description === undefined
        ? "Bearer"
        : `Bearer scope="" error="invalid_token" error_description="${description}"`;
  }
}

/** Checks the Authorization header of a request and returns the claims of its token, all written as strings. */
export type Authorizer = (authorization: string | undefined) => Promise<Record<string, string>>;

/** API Gateway gives an issuer this long, and keeps its keys for two hours. */
const FETCH_TIMEOUT_MS = 1_500;
const KEYS_AGE_MS = 2 * 3_600_000;

/**
 * Makes an authorizer that verifies as API Gateway documents it: signature (RS256), `iss`, `aud` or `client_id`,
 * `exp`, `nbf` and `iat`, by the real clock. It throws Unauthorized.
 *
 * Source: docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
export function createAuthorizer({ issuer, audience }: JwtOptions): Authorizer {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  const loadKeys = () => {
    keys ??= discoverKeys(issuer).catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    return keys;
  };
  return async (authorization) => {
    const token = authorization?.replace(/^Bearer +/i, "").trim();
    if (!token) throw new Unauthorized();
    if (token.split(".").length !== 3) throw new Unauthorized("token contains an invalid number of segments");
    const getKey = await loadKeys();
    const payload = await verify(token, getKey, issuer);
    checkTimes(payload);
    checkAudience(payload, audience);
    return asStrings(payload);
  };
}

async function discoverKeys(issuer: string): Promise<JWTVerifyGetKey> {
  const location = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  try {
    const answer = await fetch(location, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
    const document = (await answer.json()) as { jwks_uri: string };
    return createRemoteJWKSet(new URL(document.jwks_uri), {
      timeoutDuration: FETCH_TIMEOUT_MS,
      cacheMaxAge: KEYS_AGE_MS,
    });
  } catch {
    throw new Unauthorized("OIDC discovery endpoint communication error");
  }
}

async function verify(token: string, getKey: JWTVerifyGetKey, issuer: string): Promise<JWTPayload> {
  try {
    return (await jwtVerify(token, getKey, { issuer, algorithms: ["RS256"], requiredClaims: ["exp"] }))
      .payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw new Unauthorized("the token has expired");
    if (error instanceof errors.JOSEError) throw new Unauthorized(error.message.replaceAll('"', "'"));
    throw new Unauthorized("JWKS communication error");
  }
}

/** The library has checked `exp` and `nbf`; a token from the future is ours to refuse. */
function checkTimes({ iat }: JWTPayload): void {
  if (iat !== undefined && iat > Date.now() / 1000)
    throw new Unauthorized("the token was issued in the future");
}

function checkAudience({ aud, client_id }: JWTPayload, allowed: readonly string[]): void {
  const given = [aud ?? client_id ?? []].flat();
  if (!given.some((entry) => allowed.includes(String(entry)))) {
    throw new Unauthorized("the token does not have a valid audience");
  }
}

/** API Gateway writes a list as `[a b]`. */
function asStrings(payload: JWTPayload): Record<string, string> {
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, asString(value)]));
}

function asString(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(asString).join(" ")}]`;
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}
