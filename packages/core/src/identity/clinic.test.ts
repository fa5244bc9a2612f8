import { describe, expect, test } from "vitest";
import { defaultPolicy, idFrom } from "../platform/index.ts";
import { type TestContext, testContext } from "../testing/index.ts";
import { Member, Organization, Profile } from "./index.ts";

const clinic = (context: TestContext, slug: string): Organization.Organization => ({
  organizationId: idFrom("organization", context.newUlid()),
  slug,
  name: "Clínica Roma",
  address: "Calle Colima 100",
  phone: "+525550001000",
  timezone: "America/Mexico_City",
  currency: "MXN",
  arrival: { floor: "2" },
  policy: defaultPolicy,
});

const profile = (
  context: TestContext,
  organizationId: string,
  changes: Partial<Profile.Profile> = {},
): Profile.Profile => ({
  profileId: idFrom("profile", context.newUlid()),
  organizationId,
  name: "Dra. Ana Torres",
  kind: "doctor",
  phone: "+525511112222",
  language: "es",
  timezone: "America/Mexico_City",
  published: true,
  noticeMinutes: 60,
  horizonDays: 30,
  ...changes,
});

const given = async () => {
  const context = await testContext();
  const roma = clinic(context, "clinica-roma");
  await Organization.create(context, roma);
  return { context, roma };
};

test("a clinic is found by its slug, which no other clinic has", async () => {
  const { context, roma } = await given();
  expect(await Organization.bySlug(context, "clinica-roma")).toEqual(roma);
  await expect(Organization.create(context, clinic(context, "clinica-roma"))).rejects.toMatchObject({
    type: "slug-taken",
  });
  await expect(Organization.bySlug(context, "otra")).rejects.toMatchObject({ type: "not-found" });
  expect(await Organization.allIds(context)).toEqual([roma.organizationId]);
});

describe("a clinic's number with a provider", () => {
  const number = { provider: "meta", sender: "+525550001000" } as const;
  const whatsapp = { ...number, channel: "whatsapp" } as const;

  test("names the clinic to whoever is written to there, by channel and provider", async () => {
    const context = await testContext();
    const roma = { ...clinic(context, "clinica-roma"), messaging: { whatsapp: number } };
    await Organization.create(context, roma);
    expect(await Organization.bySender(context, whatsapp)).toBe(roma.organizationId);
    expect(await Organization.bySender(context, { ...whatsapp, channel: "sms" })).toBeUndefined();
    expect(await Organization.bySender(context, { ...whatsapp, provider: "twilio" })).toBeUndefined();
    expect(await Organization.bySender(context, { ...whatsapp, sender: "+525550001001" })).toBeUndefined();
  });

  test("is one clinic's alone, until that one gives it up", async () => {
    const { context, roma } = await given();
    const sur = clinic(context, "clinica-sur");
    await Organization.create(context, sur);
    await Organization.speakThrough(context, roma.organizationId, { whatsapp: number, sms: number });
    const taken = { type: "sender-taken" };
    const speak = (organizationId: string) =>
      Organization.speakThrough(context, organizationId, { whatsapp: number });
    await expect(speak(sur.organizationId)).rejects.toMatchObject(taken);
    const nueva = { ...clinic(context, "nueva"), messaging: { whatsapp: number } };
    await expect(Organization.create(context, nueva)).rejects.toMatchObject(taken);
    await expect(Organization.bySlug(context, "nueva")).rejects.toMatchObject({ type: "not-found" });

    await speak(roma.organizationId);
    expect(await Organization.bySender(context, { ...whatsapp, channel: "sms" })).toBeUndefined();
    expect(await Organization.bySender(context, whatsapp)).toBe(roma.organizationId);
    await Organization.speakThrough(context, roma.organizationId, {});
    await speak(sur.organizationId);
    expect(await Organization.bySender(context, whatsapp)).toBe(sur.organizationId);
    expect((await Organization.get(context, sur.organizationId)).messaging).toEqual({ whatsapp: number });
    await expect(speak(idFrom("organization", context.newUlid()))).rejects.toMatchObject({
      type: "not-found",
    });
  });

  test("is not needed for e-mail, whose address clinics may share", async () => {
    const { context, roma } = await given();
    const sur = clinic(context, "clinica-sur");
    await Organization.create(context, sur);
    const email = { provider: "ses", sender: "citas@turno.example" } as const;
    for (const { organizationId } of [roma, sur]) {
      await Organization.speakThrough(context, organizationId, { email });
    }
    for (const { organizationId } of [roma, sur]) {
      expect((await Organization.get(context, organizationId)).messaging).toEqual({ email });
    }
  });
});

test("a clinic's page shows its published profiles and nothing private of them", async () => {
  const { context, roma } = await given();
  const ana = profile(context, roma.organizationId);
  await Profile.create(context, ana);
  await Profile.create(context, profile(context, roma.organizationId, { published: false }));
  const page = await Profile.clinicPage(context, "clinica-roma");
  expect(page).toMatchObject({
    slug: "clinica-roma",
    phone: "+525550001000",
    profiles: [{ profileId: ana.profileId, clinic: { phone: "+525550001000" } }],
  });
  expect(JSON.stringify(page)).not.toContain(ana.phone);
});

test("a profile that is not published is not found by the public, and by id by those inside", async () => {
  const { context, roma } = await given();
  const hidden = profile(context, roma.organizationId, { published: false });
  await Profile.create(context, hidden);
  await expect(Profile.published(context, hidden.profileId)).rejects.toMatchObject({ type: "not-found" });
  expect(await Profile.get(context, hidden.profileId)).toEqual(hidden);
});

test("a practice is a profile and its clinic as one", async () => {
  const { context, roma } = await given();
  const ana = profile(context, roma.organizationId, { timezone: "Europe/Madrid", noticeMinutes: 5 });
  await Profile.create(context, ana);
  expect(await Profile.practice(context, ana.profileId)).toMatchObject({
    organizationId: roma.organizationId,
    profileId: ana.profileId,
    timezone: "Europe/Madrid",
    clinicName: "Clínica Roma",
    clinicPhone: "+525550001000",
    currency: "MXN",
    noticeMinutes: 5,
    policy: defaultPolicy,
  });
  await Profile.moveToZone(context, ana.profileId, "America/New_York");
  expect(await Profile.practice(context, ana.profileId)).toMatchObject({ timezone: "America/New_York" });
});

test("a clinic without a phone has none to name", async () => {
  const context = await testContext();
  const { phone, ...silent } = clinic(context, "clinica-sur");
  await Organization.create(context, silent);
  const ana = profile(context, silent.organizationId);
  await Profile.create(context, ana);
  expect(await Profile.practice(context, ana.profileId)).not.toHaveProperty("clinicPhone");
  expect(await Profile.clinicPage(context, "clinica-sur")).not.toHaveProperty("phone");
  expect(Organization.Organization.safeParse(silent).success).toBe(true);
  expect(Organization.Organization.safeParse({ ...silent, phone }).success).toBe(true);
  expect(Organization.Organization.safeParse({ ...silent, phone: "55 5000 1000" }).success).toBe(false);
});

test("a member signs in by address, in any case, and acts for one clinic", async () => {
  const { context, roma } = await given();
  const member = {
    memberId: idFrom("member", context.newUlid()),
    organizationId: roma.organizationId,
    email: "Ana.Torres@clinica-roma.test",
    name: "Ana Torres",
    roles: ["doctor" as const],
    careTeams: [idFrom("profile", context.newUlid())],
  };
  await Member.add(context, member);
  expect(await Member.actor(context, " ana.torres@CLINICA-roma.test")).toEqual({
    kind: "staff",
    organizationId: roma.organizationId,
    memberId: member.memberId,
    roles: ["doctor"],
    careTeams: member.careTeams,
  });
  expect(await Member.actor(context, "nobody@clinica-roma.test")).toBeUndefined();
  await expect(Member.add(context, { ...member, name: "Otra" })).rejects.toThrow();
});
