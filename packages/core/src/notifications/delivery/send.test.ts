import { beforeEach, describe, expect, test } from "vitest";
import { idFrom } from "../../platform/index.ts";
import { type TestContext, testContext } from "../../testing/context.ts";
import { allRows, rowsOf } from "../../testing/rows.ts";
import {
  type Channel,
  type Channels,
  type OutgoingMessage,
  TryLater,
  Undeliverable,
  WrongNumber,
} from "../channel/index.ts";
import { type Outcome, ofAppointment, receipt, send } from "./index.ts";
import { anOrder, appointmentId } from "./order.fixture.ts";

/** When the first attempt of each test begins. */
const BEGUN = "2026-03-02T15:00:00.000Z";

let context: TestContext;
let outbox: OutgoingMessage[];

beforeEach(async () => {
  context = await testContext();
  outbox = [];
});

/** A provider that takes what it is given, and answers the same key with the same id. */
const willing: Channels = (name) => ({
  name,
  async send(message) {
    outbox.push(message);
    return { providerMessageId: `wamid.${message.idempotencyKey}` };
  },
});

const failing =
  (error: Error): Channels =>
  (name) => ({ name, send: () => Promise.reject(error) });

/** Of a message that was sent, or failed. */
const idIn = (outcome: Outcome): string => {
  if (outcome.status === "quiet") throw new Error("nothing was sent");
  return outcome.notificationId;
};

const deliveries = () => ofAppointment(context, { kind: "system" }, appointmentId);

describe("a message", () => {
  test("is sent in the reader's language and marked with the provider's id", async () => {
    const notificationId = idIn(await send(context, willing, anOrder()));
    expect(outbox).toEqual([
      {
        idempotencyKey: `${notificationId}.whatsapp`,
        reference: `${notificationId}-${appointmentId}-whatsapp`,
        channel: "whatsapp",
        to: "+525512345678",
        sender: "+525550000000",
        language: "es",
        template: "appointment_reminder_24h",
        parameters: expect.objectContaining({
          appointment_time: "martes 3 de marzo, 09:00",
          preparation: "—",
        }),
        body: expect.stringContaining("martes 3 de marzo, 09:00"),
        windowOpen: false,
      },
    ]);
    expect(await deliveries()).toEqual([
      {
        notificationId,
        template: "appointment_reminder_24h",
        channel: "whatsapp",
        status: "SENT",
        recipient: "patient",
        patientId: anOrder().patientId,
        appointmentId,
        createdAt: "2026-03-02T15:00:00.000Z",
        tried: [],
        sentAt: "2026-03-02T15:00:00.000Z",
        providerMessageId: `wamid.${notificationId}.whatsapp`,
      },
    ]);
  });

  test("has a subject on e-mail alone", async () => {
    const messaging = { email: { provider: "ses", sender: "citas@sol.test" } } as const;
    await send(context, willing, anOrder({ addresses: { email: "ana@example.test" }, messaging }));
    expect(outbox[0]!.subject).toBe("Clínica Sol: recordatorio de tu cita");
  });

  test("is sent once, however often it is asked for", async () => {
    const notificationId = idIn(await send(context, willing, anOrder()));
    expect(await send(context, willing, anOrder())).toEqual({ notificationId, status: "already-sent" });
    expect(outbox).toHaveLength(1);
  });

  test("goes to the provider under one key when two ask at once", async () => {
    const outcomes = await Promise.all([
      send(context, willing, anOrder()),
      send(context, willing, anOrder()),
    ]);
    expect(new Set(outcomes.map(idIn)).size).toBe(1);
    expect(new Set(outbox.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    expect(await deliveries()).toMatchObject([{ status: "SENT" }]);
  });

  test("of another occasion, template, thing or clinic is another message", async () => {
    const orders = [
      anOrder(),
      anOrder({ occasion: "48h" }),
      anOrder({ about: idFrom("request", appointmentId) }),
      anOrder({ organizationId: idFrom("organization", context.newUlid()) }),
    ];
    const ids = new Set<string>();
    for (const order of orders) ids.add(idIn(await send(context, willing, order)));
    expect(ids.size).toBe(orders.length);
  });

  test("may concern no appointment and no patient", async () => {
    const alone = anOrder({ appointmentId: undefined, patientId: undefined, about: "mem_1" });
    expect(await send(context, willing, alone)).toMatchObject({ status: "sent" });
    expect(await send(context, willing, alone)).toMatchObject({ status: "already-sent" });
    expect(await ofAppointment(context, { kind: "system" }, "mem_1")).toMatchObject([{ status: "SENT" }]);
  });
});

describe("a crash between sending and marking", () => {
  test("leaves the message pending, and the next call sends it under the same key", async () => {
    const crashing: Channels = (name) => ({
      name,
      async send(message) {
        await willing(name)!.send(message);
        throw new Error("The process ended here.");
      },
    });
    await expect(send(context, crashing, anOrder())).rejects.toThrow("The process ended here.");
    expect(await deliveries()).toMatchObject([{ status: "PENDING" }]);

    expect(await send(context, willing, anOrder())).toMatchObject({ status: "sent" });
    expect(outbox).toHaveLength(2);
    expect(outbox[1]).toEqual({ ...outbox[0], mayHaveBeenSent: { since: BEGUN } });
    expect(await deliveries()).toMatchObject([{ status: "SENT" }]);
  });
});

describe("of a message that its receipt alone proves", () => {
  const sendBy = (send: Channel["send"]) => sendOrder((name) => ({ name, provesByReceipt: true, send }));
  const sendOrder = (channels: Channels) => send(context, channels, anOrder());
  /** The process goes away while the provider has the message. */
  const crash = () =>
    expect(
      sendBy(async (message) => {
        outbox.push(message);
        throw new Error("gone");
      }),
    ).rejects.toThrow("gone");
  const tryAgain = () =>
    sendBy(async (message) => {
      outbox.push(message);
      return { providerMessageId: "wamid.2" };
    });
  const waits = (retryAfterSeconds: number) =>
    expect(tryAgain()).rejects.toMatchObject({ name: "TryLater", unclear: true, retryAfterSeconds });

  test("a crash is followed by another attempt when the receipt has had its time", async () => {
    await crash();
    await waits(120);
    context.pass({ seconds: 119 });
    await waits(1);
    expect(outbox).toHaveLength(1);
    context.pass({ seconds: 1 });
    expect(await tryAgain()).toMatchObject({ status: "sent" });
    expect(outbox[1]).toEqual({ ...outbox[0], mayHaveBeenSent: { since: BEGUN } });
  });

  test("a crash is followed by none when the receipt came", async () => {
    await crash();
    const { reference } = outbox[0]!;
    const report = { provider: "meta", providerMessageId: "wamid.1", reference };
    await receipt(context, { ...report, status: "taken", at: context.now() });
    expect(await tryAgain()).toMatchObject({ status: "already-sent" });
    expect(outbox).toHaveLength(1);
  });

  test("a crash in the second attempt is waited for as that in the first", async () => {
    await crash();
    context.pass({ seconds: 120 });
    await crash();
    await waits(120);
    expect(outbox).toHaveLength(2);
  });

  test("a refusal of the second attempt is no reason to wait for a receipt again", async () => {
    await crash();
    context.pass({ seconds: 120 });
    const busy = sendBy(() => Promise.reject(new TryLater("busy", 7)));
    await expect(busy).rejects.toMatchObject({ reason: "busy", retryAfterSeconds: 7 });
    context.pass({ seconds: 7 });
    expect(await tryAgain()).toMatchObject({ status: "sent" });
    expect(outbox[1]).toEqual({ ...outbox[0], mayHaveBeenSent: { since: BEGUN } });
  });

  test("one of two tries again when both come back", async () => {
    await crash();
    context.pass({ seconds: 120 });
    const outcomes = await Promise.allSettled([tryAgain(), tryAgain()]);
    expect(outbox).toHaveLength(2);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).not.toEqual([]);
  });

  test.each([
    [new TryLater("timeout"), 120],
    [new TryLater("unreadable-answer", 300), 300],
    [new TryLater("busy", 7), 7],
  ])("%s is tried again after %d seconds at the soonest", async (error, retryAfterSeconds) => {
    await expect(sendBy(() => Promise.reject(error))).rejects.toMatchObject({ retryAfterSeconds });
  });
});

describe("a failure", () => {
  test("that passes is thrown, and the next call sends", async () => {
    const busy = failing(new TryLater("busy", 30));
    await expect(send(context, busy, anOrder())).rejects.toMatchObject({ retryAfterSeconds: 30 });
    expect(await deliveries()).toMatchObject([{ status: "PENDING" }]);
    expect(await send(context, willing, anOrder())).toMatchObject({ status: "sent" });
  });

  test.each([
    [new WrongNumber(), "wrong-number"],
    [new Undeliverable(), "refused"],
  ])("for good stays: %s", async (error, reason) => {
    const failed = { status: "failed", reason };
    expect(await send(context, failing(error), anOrder())).toMatchObject(failed);
    expect(await deliveries()).toMatchObject([{ status: "FAILED", reason }]);
    expect(await send(context, willing, anOrder())).toMatchObject(failed);
    expect(outbox).toEqual([]);
  });
});

test("a message that the clinic has no way to send fails, and says so", async () => {
  const failed = { status: "failed", reason: "no-channel" };
  for (const [occasion, changes] of Object.entries<Partial<ReturnType<typeof anOrder>>>({
    silent: { messaging: {} },
    byEmail: { messaging: { email: { provider: "ses", sender: "citas@sol.test" } } },
    unreachable: { addresses: {} },
  })) {
    expect(await send(context, willing, anOrder({ occasion, ...changes }))).toMatchObject(failed);
  }
  const withoutAccounts: Channels = () => undefined;
  expect(await send(context, withoutAccounts, anOrder())).toMatchObject(failed);
  expect(outbox).toEqual([]);
  expect((await deliveries()).map(({ channel, reason }) => ({ channel, reason }))).toEqual(
    Array(4).fill({ channel: undefined, reason: "no-channel" }),
  );
});

test("a row holds neither what the message says nor the whole number, and tells its patient where the index needs it", async () => {
  await send(context, willing, anOrder());
  await send(context, willing, anOrder({ patientId: undefined, occasion: "48h" }));
  const Items = await rowsOf(context, "notification");
  expect(Items).toHaveLength(2);
  const stored = JSON.stringify(await allRows(context));
  for (const personal of ["Ana Torres", "Fisioterapia", "+525512345678", "https://"]) {
    expect(stored).not.toContain(personal);
  }
  expect(Items.every(({ to }) => to === "…5678")).toBe(true);
  expect(Items.filter((item) => "gsi2pk" in item)).toHaveLength(1);
});
