import { Link } from "@turno/core/identity";
import { keysFrom } from "@turno/core/platform";
import { badTokens, strangersTokens } from "./bad-tokens.ts";
import type { Cases, Refused, Scene } from "./scene.ts";

/** Who asks is not who they say, or says nothing. */
export async function wrongCredentials(scene: Scene): Promise<Cases> {
  const { stage, profileId, pending, wish, tokens } = scene;
  // The gateway looks at the tokens of routes for staff, the API at those of routes that a link opens as well.
  const inbox = {
    method: "GET",
    path: `/v1/profiles/${profileId}/requests`,
    because: "Unauthorized",
  } as const;
  const request = { method: "GET", path: `/v1/requests/${pending.requestId}` } as const;
  const ask = { method: "POST", path: "/v1/requests", body: wish("2040-03-06T15:00") } as const;

  const cases: Record<string, Refused> = {
    "a staff route without a token": inbox,
    "a staff route with a patient's link": { ...inbox, token: pending.linkToken },
    "a request without a token": { ...request, because: "unauthenticated" },
    "a request with a password": {
      ...{ ...request, because: "unauthenticated", headers: { authorization: "Basic YW5hOmFuYQ==" } },
    },
  };
  for (const [what, token] of Object.entries(await badTokens(stage.machine, tokens.doctor))) {
    cases[`a staff route with a token ${what}`] = { ...inbox, token };
    cases[`a request with a token ${what}`] = { ...request, because: "unauthenticated", token };
    cases[`asking with a token ${what}`] = { ...ask, because: "unauthenticated", token };
  }
  for (const [what, token] of Object.entries(await strangersTokens(stage.machine, tokens.doctor))) {
    cases[`a staff route with ${what}`] = { ...inbox, because: "not-a-member", token };
    cases[`a request with ${what}`] = { ...request, because: "not-a-member", token };
  }
  for (const [what, [because, token]] of Object.entries(badLinks(scene))) {
    cases[`a request with a link ${what}`] = { ...request, because, token };
    cases[`a cancel with a link ${what}`] = {
      ...{ method: "POST", path: `${request.path}/cancel`, because, token, body: {} },
    };
  }
  return cases;
}

type BadLink = readonly ["link-invalid" | "link-expired" | "not-found", string];

function badLinks({
  context,
  organizationId,
  pending,
  other,
  strangersClinic,
}: Scene): Record<string, BadLink> {
  const appointmentId = pending.requestId.slice(4);
  const end = context.now();
  const [payload, signature] = pending.linkToken.slice(4).split(".") as [string, string];
  const longer = Buffer.from(JSON.stringify([organizationId, appointmentId, 9_999_999_999]));
  const stranger = { ...context, keys: keysFrom(new Uint8Array(32).fill(1)) };
  return {
    "that was written by somebody else": [
      "link-invalid",
      Link.write(stranger, { organizationId, appointmentId, end }),
    ],
    "that was made to last": ["link-invalid", `lnk_${longer.toString("base64url")}.${signature}`],
    "whose signature was cut off": ["link-invalid", `lnk_${payload}`],
    "with another's signature": ["link-invalid", `lnk_${payload}.${other.linkToken.split(".")[1]}`],
    "that is none": ["link-invalid", "lnk_let-me-in"],
    "that has ended": [
      "link-expired",
      Link.write(context, { organizationId, appointmentId, end: "2040-01-31T00:00:00.000Z" }),
    ],
    "to another appointment": ["not-found", other.linkToken],
    "to the same appointment of another clinic": [
      "not-found",
      Link.write(context, { organizationId: strangersClinic, appointmentId, end }),
    ],
  };
}
