import type { Context, Staff } from "../../platform/index.ts";
import { MemberEntity } from "./member.entity.ts";
import type { Member } from "./member.ts";

const identityOf = (context: Context, email: string): string =>
  context.keys.derive("member", email.trim().toLowerCase());

/** Lets a person sign in. An address belongs to one clinic: a second one fails its condition. */
export async function add(context: Context, member: Member): Promise<void> {
  await MemberEntity.create({ ...member, identity: identityOf(context, member.email) }).go(context.table);
}

/** Who signed in with this address, or `undefined` when the clinic does not know it. */
export async function byEmail(context: Context, email: string): Promise<Member | undefined> {
  const identity = identityOf(context, email);
  return context.memory.recall(`member/${identity}`, async () => {
    const { data } = await MemberEntity.get({ identity }).go(context.table);
    return (data as Member | null) ?? undefined;
  });
}

/** The actor of a signed-in address, or `undefined` when no clinic knows it. */
export async function actor(context: Context, email: string): Promise<Staff | undefined> {
  const member = await byEmail(context, email);
  if (!member) return undefined;
  const { organizationId, memberId, roles, careTeams } = member;
  return { kind: "staff", organizationId, memberId, roles, careTeams };
}
