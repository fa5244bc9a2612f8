import { beforeEach, describe, expect, test } from "vitest";
import { type TestContext, testContext } from "../../testing/context.ts";
import { TryLater } from "../channel/index.ts";
import { Preference } from "../index.ts";
import { type Order, ofAppointment, send } from "./index.ts";
import { anOrder, appointmentId } from "./order.fixture.ts";
import { type Providers, someProviders } from "./provider.fixture.ts";

// In Mexico City it is
const MONDAY_11PM = "2026-03-03T05:00:00.000Z";
const TUESDAY_6AM = "2026-03-03T12:00:00.000Z";
const TUESDAY_8AM = "2026-03-03T14:00:00.000Z";
const TUESDAY_10AM = "2026-03-03T16:00:00.000Z";

let context: TestContext;
let providers: Providers;

beforeEach(async () => {
  context = await testContext();
  providers = someProviders();
});

const { organizationId, patientId } = anOrder();
const prefer = (changes: Preference.PreferenceEdit) =>
  Preference.edit(context, { kind: "system" }, { organizationId, patientId: patientId! }, changes);

const said = (order: Parameters<typeof anOrder>[0] = {}) => send(context, providers.channels, anOrder(order));

const words = { patientName: "Ana Torres", clinicName: "Clínica Sol" };
/** At once: an answer. Daytime, and to those who agreed: a greeting. */
const answer: Order<"reply_started"> = {
  ...anOrder(),
  template: "reply_started",
  variables: { clinicName: "Clínica Sol" },
};
const greeting: Order<"birthday_greeting"> = {
  ...anOrder(),
  template: "birthday_greeting",
  variables: words,
};
const greeted = () => send(context, providers.channels, greeting);

describe("a message that may be considerate", () => {
  test("goes out at night to whoever has no quiet hours", async () => {
    context.at(MONDAY_11PM);
    expect(await said()).toMatchObject({ status: "sent" });
  });

  test("waits for the end of the patient's own quiet hours, over midnight, and leaves no trace", async () => {
    await prefer({ quietHours: { from: "22:00", to: "10:00" } });
    for (const at of [MONDAY_11PM, TUESDAY_6AM]) {
      context.at(at);
      expect(await said()).toEqual({ status: "quiet", until: TUESDAY_10AM });
    }
    expect(await ofAppointment(context, { kind: "system" }, appointmentId)).toEqual([]);
    context.at(TUESDAY_10AM);
    expect(await said()).toMatchObject({ status: "sent" });
  });

  test("that is out already has been sent, also when it is asked for again in the night", async () => {
    await prefer({ quietHours: { from: "22:00", to: "10:00" } });
    context.pass({ hours: 2 });
    expect(await said()).toMatchObject({ status: "sent" });
    context.at(MONDAY_11PM);
    expect(await said()).toMatchObject({ status: "already-sent" });
  });

  test("that may have gone out before them is looked for in the morning since it was begun", async () => {
    await prefer({ quietHours: { from: "22:00", to: "10:00" } });
    context.pass({ hours: 2 });
    const since = context.now();
    providers.next("whatsapp", { error: new TryLater("timeout"), wentOut: true });
    await expect(said()).rejects.toThrow(TryLater);
    context.at(MONDAY_11PM);
    expect(await said()).toEqual({ status: "quiet", until: TUESDAY_10AM });
    context.at(TUESDAY_10AM);
    expect(await said()).toMatchObject({ status: "sent" });
    expect(providers.calls.map(({ mayHaveBeenSent }) => mayHaveBeenSent)).toEqual([undefined, { since }]);
  });

  test("goes by the wall clock of the practice", async () => {
    await prefer({ quietHours: { from: "22:00", to: "10:00" } });
    context.at(TUESDAY_8AM);
    // In Madrid it is 15:00.
    expect(await said({ zone: "Europe/Madrid" })).toMatchObject({ status: "sent" });
  });

  test("does not wait for a doctor", async () => {
    await prefer({ quietHours: { from: "22:00", to: "10:00" } });
    context.at(MONDAY_11PM);
    expect(await said({ recipient: "doctor" })).toMatchObject({ status: "sent" });
  });
});

describe("an answer", () => {
  test("comes at once, whatever the hour", async () => {
    await prefer({ quietHours: { from: "22:00", to: "10:00" } });
    context.at(MONDAY_11PM);
    expect(await send(context, providers.channels, answer)).toMatchObject({ status: "sent" });
  });
});

describe("what the clinic tells beyond care", () => {
  const agree = () => prefer({ outreach: { given: true, how: "written" } });

  test("is not sent to who has not agreed, nor to who has withdrawn", async () => {
    expect(await greeted()).toMatchObject({ status: "failed", reason: "no-consent" });
    await agree();
    await prefer({ outreach: { given: false, how: "phone" } });
    expect(await send(context, providers.channels, { ...greeting, occasion: "next year" })).toMatchObject({
      ...{ status: "failed", reason: "no-consent" },
    });
    expect(providers.calls).toEqual([]);
  });

  test("waits for the clinic's day, and for the patient's", async () => {
    await agree();
    context.at(MONDAY_11PM);
    expect(await greeted()).toEqual({ status: "quiet", until: TUESDAY_8AM });
    await prefer({ quietHours: { from: "07:00", to: "10:00" } });
    expect(await greeted()).toEqual({ status: "quiet", until: TUESDAY_10AM });
    context.at(TUESDAY_10AM);
    expect(await greeted()).toMatchObject({ status: "sent" });
  });
});
