import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRemoteJWKSet, decodeJwt, jwtVerify } from "jose";
import { expect, onTestFinished, test } from "vitest";
import { startGateway } from "../gateway/index.ts";
import { type Issuer, startIssuer } from "./index.ts";

const DOCTOR = { subject: "u1", email: "vega@example.org", name: "Dr. Vega", audience: "dashboard" };

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "turno-issuer-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function start(stateDir = temporaryFolder(), port?: number): Promise<Issuer> {
  const issuer = await startIssuer({ stateDir, ...(port !== undefined && { port }) });
  onTestFinished(() => issuer.close());
  return issuer;
}

test("a token is verified with the keys that the discovery document names", async () => {
  const issuer = await start();
  const answer = await fetch(`${issuer.url}/.well-known/openid-configuration`);
  const document = (await answer.json()) as { issuer: string; jwks_uri: string };
  expect(document.issuer).toBe(issuer.url);
  const { payload, protectedHeader } = await jwtVerify(
    await issuer.mint(DOCTOR),
    createRemoteJWKSet(new URL(document.jwks_uri)),
    { issuer: issuer.url, audience: "dashboard" },
  );
  expect(protectedHeader).toEqual({ alg: "RS256", typ: "JWT", kid: expect.any(String) });
  expect(payload).toEqual({
    iss: issuer.url,
    sub: "u1",
    aud: "dashboard",
    token_use: "id",
    email: "vega@example.org",
    email_verified: true,
    name: "Dr. Vega",
    iat: expect.any(Number),
    auth_time: payload.iat,
    exp: payload.iat! + 3600,
  });
});

test("claims can be replaced, added and taken away", async () => {
  const issuer = await start();
  const token = await issuer.mint({
    ...DOCTOR,
    expiresInSeconds: 5,
    overrides: { email_verified: false, "cognito:groups": ["admin"], name: undefined },
  });
  const claims = decodeJwt(token);
  expect(claims).toMatchObject({ email_verified: false, "cognito:groups": ["admin"], exp: claims.iat! + 5 });
  expect(claims).not.toHaveProperty("name");
});

test("a token outlives a restart, and only the owner can read the key", async () => {
  const stateDir = temporaryFolder();
  const first = await start(stateDir);
  const token = await first.mint(DOCTOR);
  await first.close();
  const second = await start(stateDir, Number(new URL(first.url).port));
  await jwtVerify(token, createRemoteJWKSet(new URL(`${second.url}/.well-known/jwks.json`)));
  expect(statSync(join(stateDir, "issuer-key.json")).mode & 0o777).toBe(0o600);
});

test("the published key has no private part", async () => {
  const issuer = await start();
  const answer = await fetch(`${issuer.url}/.well-known/jwks.json`);
  const { keys } = (await answer.json()) as { keys: object[] };
  expect(keys.map((key) => Object.keys(key).toSorted())).toEqual([["alg", "e", "kid", "kty", "n", "use"]]);
});

test("the gateway lets in who has a token, and nobody whose token has ended", async () => {
  const issuer = await start();
  const gateway = await startGateway({
    routes: [{ method: "GET", path: "/v1/me", authorizer: "jwt", target: "me" }],
    targets: { me: async () => ({ statusCode: 200 }) },
    authorizer: { issuer: issuer.url, audience: ["dashboard"] },
  });
  onTestFinished(() => gateway.close());
  const status = async (token: string) =>
    (await fetch(`${gateway.url}/v1/me`, { headers: { authorization: `Bearer ${token}` } })).status;
  expect(await status(await issuer.mint(DOCTOR))).toBe(200);
  expect(await status(await issuer.mint({ ...DOCTOR, expiresInSeconds: -1 }))).toBe(401);
});

test("anything else is not found", async () => {
  const issuer = await start();
  expect((await fetch(issuer.url)).status).toBe(404);
  expect((await fetch(`${issuer.url}/.well-known/jwks.json`, { method: "POST" })).status).toBe(404);
  expect((await fetch(`${issuer.url}/constructor`)).status).toBe(404);
});
