import type { Access } from "@turno/contract";
import { Link, Member } from "@turno/core/identity";
import { type Actor, Forbidden, type Staff } from "@turno/core/platform";
import type { Runtime } from "../runtime.ts";
import { type ApiEvent, header, known, type Piece } from "./exchange.ts";
import { NotAMember, Unauthenticated } from "./refusals.ts";
import { tokenVerifier, type VerifyToken } from "./token.ts";

const somebody: Actor = { kind: "public" };

/** Finds out who asks, as far as the route wants to know, and turns away who may not call it. */
export function actor(runtime: Runtime): Piece {
  const verify = runtime.issuer && tokenVerifier(runtime.issuer);
  return {
    before: async ({ event }) => {
      event.exchange.actor = await actorOf(runtime, verify, event, known(event, "route").access);
    },
  };
}

async function actorOf(
  runtime: Runtime,
  verify: VerifyToken | undefined,
  event: ApiEvent,
  access: Access,
): Promise<Actor> {
  switch (access.kind) {
    case "public":
      return somebody;
    case "signature":
      // Who signed is found out where the raw body is, and is nobody of the clinic.
      return somebody;
    case "staff": {
      const claims = event.requestContext.authorizer?.jwt.claims;
      if (!claims) throw new Unauthenticated();
      const member = await memberOf(runtime, claims);
      if (access.roles.length > 0 && !access.roles.some((role) => member.roles.includes(role))) {
        throw new Forbidden(`This is for ${access.roles.join(", ")}.`);
      }
      return member;
    }
    case "public-or-staff": {
      const bearer = await bearerOf(runtime, verify, event);
      // A link opens one appointment; for asking for another its holder is anybody.
      return bearer?.kind === "staff" ? bearer : somebody;
    }
    case "link-or-staff": {
      const bearer = await bearerOf(runtime, verify, event);
      if (!bearer) throw new Unauthenticated("This needs a patient's link or a staff token.");
      return bearer;
    }
  }
}

/** Who holds the bearer token, which the gateway has not looked at. */
async function bearerOf(
  { context, ...runtime }: Runtime,
  verify: VerifyToken | undefined,
  event: ApiEvent,
): Promise<Actor | undefined> {
  const authorization = header(event, "authorization");
  if (authorization === undefined) return undefined;
  const token = /^Bearer +(\S+)$/i.exec(authorization.trim())?.[1];
  if (!token) throw new Unauthenticated();
  if (token.startsWith("lnk_")) return Link.open(context, token);
  if (!verify) throw new Unauthenticated("Nobody vouches for staff on this stage.");
  return memberOf({ context, ...runtime }, await verify(token));
}

/** Claims come as they were signed, or all as text when the gateway has read them. */
async function memberOf({ context }: Runtime, claims: Record<string, unknown>): Promise<Staff> {
  const { email, email_verified: verified } = claims;
  if (typeof email !== "string") throw new NotAMember("The token names no e-mail address.");
  if (verified !== true && verified !== "true") throw new NotAMember("Your e-mail address is not verified.");
  const member = await Member.actor(context, email);
  if (!member) throw new NotAMember();
  return member;
}
