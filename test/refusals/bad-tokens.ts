import type { Stage } from "@turno/local/stage";
import { generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";

const SECONDS = { hour: 3_600 };

/** Tokens that must not be taken, by what is wrong with them; otherwise they say what the `good` one says. */
export async function badTokens(
  { issuer, audience }: Pick<Stage["machine"], "issuer" | "audience">,
  good: string,
): Promise<Record<string, string>> {
  const person = personIn(good, audience);
  const minted = (overrides: JWTPayload) => issuer.mint({ ...person, overrides });
  const [header, claims, signature] = good.split(".") as [string, string, string];
  const content = decoded(claims);
  const now = Math.floor(Date.now() / 1_000);
  const { kid } = decoded(header);
  const { privateKey: strange } = await generateKeyPair("RS256");
  const { keys } = (await (await fetch(`${issuer.url}/.well-known/jwks.json`)).json()) as {
    keys: { n: string }[];
  };
  const publicKey = Buffer.from(keys[0]!.n, "base64url");

  return {
    "that has expired": await issuer.mint({ ...person, expiresInSeconds: -60 }),
    "that never expires": await minted({ exp: undefined } as JWTPayload),
    "that is not valid yet": await minted({ nbf: now + SECONDS.hour }),
    "of another issuer": await minted({ iss: "https://issuer.example.org" }),
    "for another audience": await issuer.mint({ ...person, audience: "somebody-else" }),
    "for no audience": await minted({ aud: undefined } as JWTPayload),
    "that nobody signed (alg none)": new UnsecuredJWT(content).encode(),
    "signed by a key of somebody else": await new SignJWT(content)
      .setProtectedHeader({ alg: "RS256", kid: String(kid) })
      .sign(strange),
    "signed with the public key as a secret (HS256)": await new SignJWT(content)
      .setProtectedHeader({ alg: "HS256", kid: String(kid) })
      .sign(publicKey),
    "whose claims were changed": [header, encoded({ ...content, email: "admin@roma.test" }), signature].join(
      ".",
    ),
    "whose signature was cut off": `${header}.${claims}.`,
    "that is no token": "let-me-in",
  };
}

/** Tokens that hold, of people whom no clinic knows. */
export const strangersTokens = async (
  { issuer, audience }: Pick<Stage["machine"], "issuer" | "audience">,
  good: string,
): Promise<Record<string, string>> => {
  const person = personIn(good, audience);
  return {
    "an address that no clinic knows": await issuer.mint({ ...person, email: "nobody@example.org" }),
    "an address that is not verified": await issuer.mint({ ...person, overrides: { email_verified: false } }),
    "no address": await issuer.mint({ ...person, overrides: { email: undefined } }),
  };
};

const personIn = (token: string, audience: string) => ({
  subject: "somebody",
  email: String(decoded(token.split(".")[1]!).email),
  name: "Somebody",
  audience,
});

const decoded = (part: string): JWTPayload => JSON.parse(Buffer.from(part, "base64url").toString());
const encoded = (content: object): string => Buffer.from(JSON.stringify(content)).toString("base64url");
