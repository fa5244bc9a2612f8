import { beforeEach, describe, expect, test } from "vitest";
import { type Actor, Audit } from "../../platform/index.ts";
import { type TestContext, testContext } from "../../testing/context.ts";
import { Preference } from "../index.ts";

const ULID = "01KJQWXR3M8Q6V9T2KZB4N7HC5";
const organizationId = `org_${ULID}`;
const person = { organizationId, patientId: `pat_${ULID}` };
const owner = { ...person, appointmentId: ULID };

const nurse: Actor = {
  ...{ kind: "staff", organizationId, memberId: `mem_${ULID}`, roles: ["nurse"], careTeams: [] },
};
const patient: Actor = { kind: "patient", organizationId, appointmentId: ULID };
const night = { from: "22:00", to: "09:00" };
const subscription = {
  endpoint: "https://fcm.googleapis.com/fcm/send/abc",
  keys: { p256dh: "B".repeat(87), auth: "a".repeat(22) },
};

let context: TestContext;

beforeEach(async () => {
  context = await testContext();
});

const trail = async () =>
  (await Audit.trail(context, organizationId, person.patientId)).map(({ action, by }) => `${action} ${by}`);

describe("a patient's preferences", () => {
  test("are none until somebody chooses", async () => {
    const nothing = { channels: [], detail: "full", hasDevice: false, version: 0 };
    expect(await Preference.view(context, nurse, owner)).toEqual(nothing);
    expect(await Preference.view(context, patient, owner)).toEqual(nothing);
  });

  test("are chosen one by one, and taken back", async () => {
    await Preference.edit(context, patient, owner, { channels: ["sms", "email"], quietHours: night });
    const minimal = await Preference.edit(context, nurse, owner, { detail: "minimal" });
    expect(minimal).toEqual({
      ...{ channels: ["sms", "email"], quietHours: night, detail: "minimal" },
      ...{ hasDevice: false, version: 2 },
    });
    const cleared = await Preference.edit(context, nurse, owner, { channels: null, quietHours: null });
    expect(cleared).toEqual({ channels: [], detail: "minimal", hasDevice: false, version: 3 });
    expect(await trail()).toEqual([
      "preferences/changed patient",
      `preferences/changed mem_${ULID}`,
      `preferences/changed mem_${ULID}`,
    ]);
  });

  test("are edited by the version that was read, or by the last who edits", async () => {
    await Preference.edit(context, nurse, owner, { detail: "minimal" }, 0);
    await expect(Preference.edit(context, nurse, owner, { detail: "full" }, 0)).rejects.toMatchObject({
      type: "stale",
    });
    await Promise.all([
      Preference.edit(context, nurse, owner, { quietHours: night }),
      Preference.edit(context, patient, owner, { channels: ["email"] }),
    ]);
    const both = await Preference.view(context, nurse, owner);
    expect(both).toMatchObject({ channels: ["email"], quietHours: night, version: 3 });
  });

  test("are not for another clinic, nor for the holder of another link, nor for anybody", async () => {
    const strangers: Actor[] = [
      { ...nurse, organizationId: `org_${ULID.replace("5", "6")}` } as Actor,
      { ...patient, appointmentId: ULID.replace("5", "6") } as Actor,
      { ...patient, organizationId: `org_${ULID.replace("5", "6")}` } as Actor,
    ];
    for (const actor of strangers) {
      const refused = { type: "not-found" };
      await expect(Preference.view(context, actor, owner)).rejects.toMatchObject(refused);
      await expect(Preference.edit(context, actor, owner, { detail: "full" })).rejects.toMatchObject(refused);
    }
    await expect(Preference.view(context, { kind: "public" }, owner)).rejects.toMatchObject({
      type: "forbidden",
    });
  });

  test("of the same patient in another clinic are not theirs here", async () => {
    await Preference.edit(context, nurse, owner, { detail: "minimal" });
    const elsewhere = { ...person, organizationId: `org_${ULID.replace("5", "6")}` };
    expect(await Preference.of(context, elsewhere)).toEqual({ version: 0 });
  });
});

describe("consent to outreach", () => {
  test("keeps every word with when, how and who wrote it down", async () => {
    await Preference.edit(context, nurse, owner, { outreach: { given: true, how: "in-person" } });
    context.pass({ days: 1 });
    await Preference.edit(context, nurse, owner, { detail: "minimal" });
    await Preference.edit(context, patient, owner, { outreach: { given: false } });
    const first = { given: true, how: "in-person", at: "2026-03-02T15:00:00.000Z" };
    const second = { given: false, how: "link", at: "2026-03-03T15:00:00.000Z" };
    expect((await Preference.of(context, person)).outreach).toEqual(second);
    expect(await Preference.consents(context, person)).toEqual([
      { ...first, by: `mem_${ULID}` },
      { ...second, by: "patient" },
    ]);
  });
});

describe("a browser that takes push messages", () => {
  test("is known until it is gone, unless there is another by then", async () => {
    await Preference.edit(context, patient, owner, { pushSubscription: subscription });
    const { device } = await Preference.of(context, person);
    expect(JSON.parse(device!)).toEqual(subscription);
    await Preference.forgetDevice(context, person, "another");
    expect(await Preference.view(context, nurse, owner)).toMatchObject({ hasDevice: true });
    await Preference.forgetDevice(context, person, device!);
    await Preference.forgetDevice(context, person, device!);
    expect(await Preference.view(context, nurse, owner)).toMatchObject({ hasDevice: false });
  });

  test("is one of a browser's own push service", () => {
    const accepts = (endpoint: string) =>
      Preference.OwnPreferenceEdit.safeParse({ pushSubscription: { ...subscription, endpoint } }).success;
    expect(accepts("https://updates.push.services.mozilla.com/wpush/v2/abc")).toBe(true);
    expect(accepts("https://web.push.apple.com/abc")).toBe(true);
    for (const endpoint of [
      "http://fcm.googleapis.com/fcm/send/abc",
      "https://169.254.169.254/latest/meta-data",
      "https://fcm.googleapis.com.example.org/abc",
      "https://example.org/fcm.googleapis.com/",
      "https://user@fcm.googleapis.com@example.org/",
    ]) {
      expect(accepts(endpoint)).toBe(false);
    }
  });

  test("has keys as a browser writes them: a whole point of the curve, and 16 bytes", () => {
    const accepts = (keys: object) =>
      Preference.PushSubscription.safeParse({ ...subscription, keys: { ...subscription.keys, ...keys } })
        .success;
    expect(accepts({})).toBe(true);
    for (const keys of [
      { p256dh: `${"B".repeat(87)}=` },
      { p256dh: "B".repeat(86) },
      { p256dh: `A${"B".repeat(86)}` },
      { auth: "a".repeat(21) },
      { auth: `${"a".repeat(22)}==` },
      { auth: undefined },
    ]) {
      expect(accepts(keys)).toBe(false);
    }
  });
});

test("channels are chosen once each", () => {
  const edit = (channels: string[]) => Preference.PreferenceEdit.safeParse({ channels }).success;
  expect(edit(["sms", "email"])).toBe(true);
  for (const channels of [["sms", "sms"], [], ["pigeon"]]) expect(edit(channels)).toBe(false);
});
