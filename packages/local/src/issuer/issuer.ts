import type { IncomingMessage, ServerResponse } from "node:http";
import { type JWTPayload, SignJWT } from "jose";
import { type Address, listen } from "../server/index.ts";
import { openSigningKey } from "./key.ts";

export interface IssuerOptions extends Address {
  /** The signing key is kept in `issuer-key.json` of this folder. */
  stateDir: string;
}

export interface TokenRequest {
  subject: string;
  email: string;
  name: string;
  audience: string;
  /** An hour, when it is left out. */
  expiresInSeconds?: number;
  /** Claims that replace or join the usual ones, for tests of tokens that must not work; undefined takes one away. */
  overrides?: JWTPayload;
}

export interface Issuer {
  /** The `iss` of its tokens. */
  url: string;
  /** Signs an ID token like those of a Cognito pool. Its times are those of the real clock, as the gateway's are. */
  mint(request: TokenRequest): Promise<string>;
  close(): Promise<void>;
}

/**
 * Starts the OIDC issuer of the demo staff: a discovery document, the public key, and tokens for whoever runs the
 * process. It asks nobody for a password, so it belongs on loopback.
 */
export async function startIssuer({ stateDir, ...address }: IssuerOptions): Promise<Issuer> {
  const key = await openSigningKey(stateDir);
  const documents = (url: string): Record<string, object> => ({
    "/.well-known/openid-configuration": discovery(url),
    "/.well-known/jwks.json": { keys: [key.publicJwk] },
  });
  const server = await listen(async (request, response) => {
    send(request, response, documents(server.url)[request.url?.split("?")[0] ?? ""]);
  }, address);
  return {
    url: server.url,
    mint(request) {
      const claims = { ...usualClaims(server.url, request), ...request.overrides };
      return new SignJWT(withoutUndefined(claims))
        .setProtectedHeader({ alg: "RS256", kid: key.kid, typ: "JWT" })
        .sign(key.privateKey);
    },
    close: () => server.close(),
  };
}

function discovery(url: string): object {
  return {
    issuer: url,
    jwks_uri: `${url}/.well-known/jwks.json`,
    id_token_signing_alg_values_supported: ["RS256"],
    response_types_supported: ["id_token"],
    subject_types_supported: ["public"],
  };
}

function usualClaims(iss: string, request: TokenRequest): JWTPayload {
  const issuedAt = Math.floor(Date.now() / 1000);
  return {
    iss,
    sub: request.subject,
    aud: request.audience,
    iat: issuedAt,
    exp: issuedAt + (request.expiresInSeconds ?? 3600),
    auth_time: issuedAt,
    token_use: "id",
    email: request.email,
    email_verified: true,
    name: request.name,
  };
}

function withoutUndefined(claims: JWTPayload): JWTPayload {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
}

/** Any page may read these documents: a browser client discovers its issuer too. */
function send(request: IncomingMessage, response: ServerResponse, document: object | undefined): void {
  const found = document !== undefined && (request.method === "GET" || request.method === "HEAD");
  const body = JSON.stringify(found ? document : { message: "Not Found" });
  response.writeHead(found ? 200 : 404, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "access-control-allow-origin": "*",
  });
  response.end(body);
}
