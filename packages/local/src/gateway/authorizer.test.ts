import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { listen, type RunningServer } from "../server/index.ts";
import { startGateway } from "./index.ts";

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

let keys: KeyPair;
let issuer: RunningServer;
let gateway: RunningServer;
const fetched: string[] = [];
let event: APIGatewayProxyEventV2 & { requestContext: { authorizer?: unknown } };

beforeAll(async () => {
  keys = await generateKeyPair("RS256");
  const jwks = { keys: [{ ...(await exportJWK(keys.publicKey)), kid: "one", alg: "RS256", use: "sig" }] };
  issuer = await listen(async (request, response) => {
    fetched.push(request.url!);
    const document = { issuer: issuer.url, jwks_uri: `${issuer.url}/keys` };
    response.end(JSON.stringify(request.url === "/keys" ? jwks : document));
  });
  gateway = await startGateway({
    routes: [{ method: "GET", path: "/v1/me", authorizer: "jwt", target: "api" }],
    targets: {
      api: async (given) => {
        event = given;
        return { statusCode: 200, body: "in" };
      },
    },
    authorizer: { issuer: issuer.url, audience: ["dashboard", "mobile"] },
  });
});

afterAll(() => Promise.all([gateway.close(), issuer.close()]));

interface Signing {
  key?: KeyPair["privateKey"] | Uint8Array;
  alg?: string;
  kid?: string;
}

function seconds(fromNow: number): number {
  return Math.floor(Date.now() / 1000) + fromNow;
}

async function sign(
  claims: JWTPayload = {},
  { key = keys.privateKey, alg = "RS256", kid = "one" }: Signing = {},
) {
  const whole = {
    iss: issuer.url,
    aud: "dashboard",
    iat: seconds(-1),
    exp: seconds(60),
    sub: "u1",
    ...claims,
  };
  return new SignJWT(JSON.parse(JSON.stringify(whole))).setProtectedHeader({ alg, kid }).sign(key);
}

function call(authorization?: string, url = gateway.url): Promise<Response> {
  return fetch(`${url}/v1/me`, authorization === undefined ? {} : { headers: { authorization } });
}

test("a valid token lets the request in, and its claims reach the Lambda as strings", async () => {
  const token = await sign({
    email_verified: true,
    "cognito:groups": ["doctor", "admin"],
    address: { city: "Lima" },
  });
  expect((await call(`Bearer ${token}`)).status).toBe(200);
  expect(event.requestContext.authorizer).toEqual({
    jwt: {
      claims: {
        iss: issuer.url,
        aud: "dashboard",
        sub: "u1",
        iat: expect.stringMatching(/^\d{10}$/),
        exp: expect.stringMatching(/^\d{10}$/),
        email_verified: "true",
        "cognito:groups": "[doctor admin]",
        address: '{"city":"Lima"}',
      },
      scopes: null,
    },
  });
});

test("a token without the word Bearer is taken as well", async () => {
  expect((await call(await sign())).status).toBe(200);
});

test("discovery and keys are fetched once", async () => {
  await Promise.all([call(await sign()), call(await sign())]);
  expect(fetched).toEqual(["/.well-known/openid-configuration", "/keys"]);
});

test.each([
  ["one of several audiences", { aud: ["other", "mobile"] }],
  ["a client id and no audience", { aud: undefined, client_id: "mobile" }],
  ["a start that has come", { nbf: 1 }],
  ["no time of issue", { iat: undefined }],
])("%s is enough", async (_what, claims) => {
  expect((await call(`Bearer ${await sign(claims)}`)).status).toBe(200);
});

test.each([
  ["another audience", { aud: "elsewhere" }, "the token does not have a valid audience"],
  ["no audience at all", { aud: undefined }, "the token does not have a valid audience"],
  ["a client id beside another audience", { aud: "elsewhere", client_id: "mobile" }, "valid audience"],
  ["another issuer", { iss: "https://elsewhere.example" }, "'iss'"],
  ["an end that has passed", { exp: 1 }, "the token has expired"],
  ["no end", { exp: undefined }, "'exp'"],
  ["a start in the future", { nbf: 9_999_999_999 }, "'nbf'"],
  ["an issue in the future", { iat: 9_999_999_999 }, "issued in the future"],
])("%s is refused", async (_what, claims, reason) => {
  const answer = await call(`Bearer ${await sign(claims)}`);
  expect(answer.status).toBe(401);
  expect(await answer.text()).toBe('{"message":"Unauthorized"}');
  expect(answer.headers.get("www-authenticate")).toMatch(
    /^Bearer scope="" error="invalid_token" error_description="/,
  );
  expect(answer.headers.get("www-authenticate")).toContain(reason);
});

test("a signature by another key is refused, whatever key it names", async () => {
  const { privateKey: key } = await generateKeyPair("RS256");
  expect((await call(await sign({}, { key }))).status).toBe(401);
  expect((await call(await sign({}, { key, kid: "two" }))).status).toBe(401);
});

test("another algorithm is refused, and so is none", async () => {
  const key = new TextEncoder().encode("a secret that is long enough for HS256");
  expect((await call(await sign({}, { key, alg: "HS256" }))).status).toBe(401);
  const [, payload] = (await sign()).split(".");
  const header = Buffer.from('{"alg":"none"}').toString("base64url");
  expect((await call(`Bearer ${header}.${payload}.`)).status).toBe(401);
});

test("a request without a token is told only the scheme", async () => {
  const answer = await call();
  expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
});

test("what is no token is refused without asking the issuer", async () => {
  const answer = await call("Bearer not-a-token");
  expect(answer.headers.get("www-authenticate")).toContain("token contains an invalid number of segments");
});

test("an issuer that cannot be reached means 401, and the next request asks again", async () => {
  let up = false;
  const flaky = await listen(async (_request, response) => {
    if (!up) response.destroy();
    else response.end(JSON.stringify({ jwks_uri: `${issuer.url}/keys` }));
  });
  const behind = await startGateway({
    routes: [{ method: "GET", path: "/v1/me", authorizer: "jwt", target: "api" }],
    targets: { api: async () => ({ statusCode: 200 }) },
    authorizer: { issuer: flaky.url, audience: ["dashboard"] },
  });
  onTestFinished(async () => {
    await Promise.all([behind.close(), flaky.close()]);
  });
  const token = await sign({ iss: flaky.url });
  const answer = await call(token, behind.url);
  expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([
    401,
    'Bearer scope="" error="invalid_token" error_description="OIDC discovery endpoint communication error"',
  ]);
  up = true;
  expect((await call(token, behind.url)).status).toBe(200);
});
