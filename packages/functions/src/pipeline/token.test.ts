import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestIssuer, type TestIssuer } from "../testing/index.ts";
import { Unauthenticated } from "./refusals.ts";
import { tokenVerifier } from "./token.ts";

let issuer: TestIssuer;

beforeAll(async () => {
  issuer = await startTestIssuer();
});

afterAll(() => issuer.close());

const EMAIL = "ana@clinica-roma.example";

test("a token that holds gives its claims", async () => {
  const verify = tokenVerifier(issuer);
  expect(await verify(await issuer.mint(EMAIL))).toMatchObject({ email: EMAIL, email_verified: true });
});

test("the keys are fetched once", async () => {
  const verify = tokenVerifier(issuer);
  const before = issuer.asked();
  await verify(await issuer.mint(EMAIL));
  await verify(await issuer.mint(EMAIL));
  expect(issuer.asked()).toBe(before + 1);
});

test("the address of the keys may be given in place of the discovery", async () => {
  const verify = tokenVerifier({ url: issuer.url, audience: "turno", jwksUrl: `${issuer.url}/keys` });
  expect(await verify(await issuer.mint(EMAIL))).toMatchObject({ email: EMAIL });
});

test("a token without an audience may name the client", async () => {
  const token = await issuer.mint(EMAIL, { aud: undefined, client_id: "turno" });
  expect(await tokenVerifier(issuer)(token)).toMatchObject({ client_id: "turno" });
});

test.each([
  ["for somebody else", { aud: "shop" }],
  ["for nobody", { aud: undefined }],
  ["of another issuer", { iss: "https://elsewhere.example" }],
  ["that is not valid yet", { nbf: 4_000_000_000 }],
])("a token %s does not hold", async (_, claims) => {
  const token = await issuer.mint(EMAIL, claims);
  await expect(tokenVerifier(issuer)(token)).rejects.toThrow(Unauthenticated);
});

test("a token that another key has signed does not hold", async () => {
  const other = await startTestIssuer();
  const token = await other.mint(EMAIL, { iss: issuer.url });
  await other.close();
  await expect(tokenVerifier(issuer)(token)).rejects.toThrow(Unauthenticated);
});

test("a token that has ended, or never ends, does not hold", async () => {
  const verify = tokenVerifier(issuer);
  await expect(verify(await issuer.mint(EMAIL, { exp: 1 }))).rejects.toThrow(Unauthenticated);
  await expect(verify(await issuer.mint(EMAIL, { exp: undefined }))).rejects.toThrow(Unauthenticated);
});

test("an issuer that does not answer is not the caller's fault, and is asked again", async () => {
  const verify = tokenVerifier({ url: "http://127.0.0.1:1", audience: "turno" });
  const token = await issuer.mint(EMAIL);
  await expect(verify(token)).rejects.not.toThrow(Unauthenticated);
  await expect(verify(token)).rejects.not.toThrow(Unauthenticated);
});
