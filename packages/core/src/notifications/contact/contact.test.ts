import { beforeEach, expect, test } from "vitest";
import { Audit } from "../../platform/index.ts";
import { type TestContext, testContext } from "../../testing/context.ts";
import { allRows } from "../../testing/rows.ts";
import { Contact } from "../index.ts";

const organizationId = "org_01KJQWXR3M8Q6V9T2KZB4N7HC5";
const other = "org_01KJQWXR3M8Q6V9T2KZB4N7HC6";
const phone = "+525512345678";
const lucia = { organizationId, phone };

// On Monday, 2 March 2026.
const NINE = "2026-03-02T15:00:00.000Z";
const TEN = "2026-03-02T16:00:00.000Z";
const ELEVEN = "2026-03-02T17:00:00.000Z";

let context: TestContext;

beforeEach(async () => {
  context = await testContext();
});

const contact = () => Contact.of(context, organizationId, phone);

test("whom nobody knows has not written and may be written to", async () => {
  expect(await contact()).toMatchObject({ wroteAt: undefined, isStopped: false });
});

test("WhatsApp's window is open for 24 hours after the last message, whatever comes late", async () => {
  await Contact.wrote(context, { ...lucia, channel: "whatsapp", at: TEN });
  await Contact.wrote(context, { ...lucia, channel: "whatsapp", at: NINE });
  const wrote = await contact();
  expect(wrote.wroteAt).toBe(TEN);
  expect(Contact.isWindowOpen(wrote, "2026-03-03T15:59:59.999Z")).toBe(true);
  expect(Contact.isWindowOpen(wrote, "2026-03-03T16:00:00.000Z")).toBe(false);
});

test("an SMS does not open the window of WhatsApp", async () => {
  await Contact.wrote(context, { ...lucia, channel: "sms", at: TEN });
  expect(Contact.isWindowOpen(await contact(), TEN)).toBe(false);
});

test("STOP holds until START, for this clinic alone", async () => {
  await Contact.stop(context, { ...lucia, at: NINE });
  expect((await contact()).isStopped).toBe(true);
  expect((await Contact.of(context, other, phone)).isStopped).toBe(false);
  await Contact.start(context, { ...lucia, at: TEN });
  expect((await contact()).isStopped).toBe(false);
});

test("the last word counts, however late an earlier one comes, and is written down once", async () => {
  await Contact.start(context, { ...lucia, at: TEN });
  await Contact.stop(context, { ...lucia, at: ELEVEN });
  await Contact.stop(context, { ...lucia, at: ELEVEN });
  await Contact.start(context, { ...lucia, at: TEN });
  const { contactId, isStopped } = await contact();
  expect(isStopped).toBe(true);
  const trail = await Audit.trail(context, organizationId, contactId);
  expect(trail.map(({ action }) => action)).toEqual(["contact/started", "contact/stopped"]);
});

test("no row tells the phone", async () => {
  await Contact.wrote(context, { ...lucia, channel: "whatsapp", at: TEN });
  await Contact.stop(context, { ...lucia, at: ELEVEN });
  expect(JSON.stringify(await allRows(context))).not.toContain("5512345678");
});
