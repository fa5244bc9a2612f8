import { createHmac } from "node:crypto";
import { Organization, Patient } from "@turno/core/identity";
import { Channel, Contact, Delivery, Inbox, Intake } from "@turno/core/notifications";
import { factsOf, interfere, rowsOf } from "@turno/core/testing";
import { beforeEach, describe, expect, test } from "vitest";
import { webhooksApi } from "../api/webhooks.ts";
import type { Sent } from "../testing/event.ts";
import { aDesk, type Desk, eventFor, lambdaContext } from "../testing/index.ts";
import { byMeta, byResend, bySns, byTwilio, metaEnvelope, testReceivers } from "./signers.fixture.ts";

const LUCIA = "+525587654321";
/** Of the gateway's events. */
const HOST = "https://r3pmxmplak.execute-api.us-east-2.amazonaws.com";

let desk: Desk;
let parked: number;
let confirmed: string[];

beforeEach(async () => {
  desk = await aDesk();
  parked = 0;
  confirmed = [];
  const { organizationId } = desk.practice;
  await Patient.recognise(desk.context, {
    ...{ organizationId, patientName: "Lucía Ramírez", patientPhone: LUCIA, language: "es" },
    patientId: Patient.idOf(desk.context, organizationId, "Lucía Ramírez", LUCIA),
    at: desk.context.now(),
  });
});

interface Answered {
  readonly status: number;
  readonly type?: string;
  readonly text: string;
}

/** Calls the Lambda as the gateway would. */
async function call(
  provider: string,
  sent: Sent,
  route: Route = "/v1/webhooks/{provider}",
): Promise<Answered> {
  const lambda = webhooksApi({
    ...desk.runtime,
    receivers: testReceivers(async (url) => {
      confirmed.push(url);
    }),
    measure: ({ WebhooksParked = 0 }) => {
      parked += WebhooksParked;
    },
  });
  const params = { provider, ...sent.params };
  const event = eventFor({ method: sent.query ? "GET" : "POST", path: route }, { ...sent, params });
  const { statusCode = 0, headers, body = "" } = await lambda(event, lambdaContext);
  const isProblem = String(headers?.["content-type"]).includes("problem+json");
  return {
    status: statusCode,
    text: body,
    ...(isProblem && { type: JSON.parse(body).type.split(":").at(-1) }),
  };
}

type Route = "/v1/webhooks/{provider}" | "/v1/webhooks/{provider}/{kind}";

const twilioUrl = `${HOST}/v1/webhooks/twilio`;
const status = (MessageStatus: string, MessageSid = "SM1") =>
  byTwilio(twilioUrl, { MessageSid, MessageStatus, To: LUCIA });
const written = (text: string, id = "wamid.1", changes: object = {}) =>
  byMeta(
    metaEnvelope({
      messages: [
        {
          id,
          from: "5215587654321",
          timestamp: "1772463600",
          type: "text",
          text: { body: text },
          ...changes,
        },
      ],
    }),
  );
const delivered = (at = desk.context.now()) =>
  byResend("msg_1", at, {
    type: "email.delivered",
    created_at: at,
    data: { email_id: "em_1", tags: { reference: "unknown" } },
  });

const rows = (entity: string) => rowsOf(desk.context, entity);
const refusal = (type: string, code = 401) => ({ status: code, type });

describe("nobody's word is taken", () => {
  test("of a provider that the stage has no account with", async () => {
    expect(await call("nexmo", status("delivered"))).toMatchObject(refusal("not-found", 404));
    expect(await call("constructor", status("delivered"))).toMatchObject(refusal("not-found", 404));
  });

  test("whose signature is another's, is missing, or covers something else", async () => {
    const { headers, ...unsigned } = written("Sí");
    const changed = { ...written("Sí"), body: String(written("Sí").body).replace("Sí", "No") };
    expect(await call("meta", { ...unsigned, headers: {} })).toMatchObject(refusal("signature-invalid"));
    expect(await call("meta", changed)).toMatchObject(refusal("signature-invalid"));
    expect(await call("meta", status("delivered"))).toMatchObject(refusal("signature-invalid"));
    const elsewhere = byTwilio("https://evil.example/v1/webhooks/twilio", { MessageSid: "SM1" });
    expect(await call("twilio", elsewhere)).toMatchObject(refusal("signature-invalid"));
    expect(await rows("message")).toEqual([]);
    expect(await rows("parked")).toEqual([]);
  });

  test("that was signed more than five minutes ago", async () => {
    const old = delivered();
    const notice = { MessageId: "mid-1", Message: "{}", Timestamp: desk.context.now() };
    desk.context.pass({ minutes: 5, seconds: 1 });
    expect(await call("resend", old)).toMatchObject(refusal("signature-stale"));
    expect(await call("ses", bySns(notice))).toMatchObject(refusal("signature-stale"));
  });

  test("that is longer than any call is", async () => {
    const long = written("x".repeat(4 * 1024 * 1024));
    expect(await call("meta", long)).toMatchObject(refusal("too-large", 413));
  });

  test("and no line of the log tells what was said or who said it", async () => {
    await call("meta", written("Me duele el pecho"));
    await call("meta", { ...written("Me duele el pecho"), headers: {} });
    expect(desk.lines).toHaveLength(2);
    expect(JSON.stringify(desk.lines)).not.toMatch(/pecho|5587654321|sha256/);
  });
});

describe("a call of a provider's", () => {
  test("is taken to the byte as it was sent, whatever the gateway made of it", async () => {
    expect(await call("twilio", status("delivered"))).toMatchObject({ status: 200, text: "<Response/>" });
    const odd = `${JSON.stringify(metaEnvelope({ statuses: [] }))}  \n`;
    const signature = createHmac("sha256", "meta-app-secret").update(odd).digest("hex");
    const headers = { "x-hub-signature-256": `sha256=${signature}` };
    expect(await call("meta", { headers, body: odd })).toMatchObject({ status: 200 });
  });

  test("may come at an address of its kind, which Twilio's signature covers with its query", async () => {
    const url = `${HOST}/v1/webhooks/twilio/status`;
    const sent = byTwilio(url, { MessageSid: "SM1", MessageStatus: "delivered" });
    const kind = { ...sent, params: { kind: "status" } };
    expect(await call("twilio", kind, "/v1/webhooks/{provider}/{kind}")).toMatchObject({ status: 200 });
    expect(await call("twilio", sent)).toMatchObject(refusal("signature-invalid"));
  });

  test("is the question of Meta, which is answered with its challenge", async () => {
    const query = {
      "hub.mode": "subscribe",
      "hub.verify_token": "verify-token",
      "hub.challenge": "1158201444",
    };
    expect(await call("meta", { query })).toMatchObject({ status: 200, text: "1158201444" });
    const guessed = { ...query, "hub.verify_token": "guessed" };
    expect(await call("meta", { query: guessed })).toMatchObject(refusal("signature-invalid"));
    expect(await call("twilio", { query })).toMatchObject(refusal("not-found", 404));
  });

  test("is the question of SNS, to which somebody goes and says yes", async () => {
    const SubscribeURL = "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&Token=t";
    const asked = { Type: "SubscriptionConfirmation", Message: "Confirm", Token: "t", SubscribeURL };
    const at = { MessageId: "mid-1", Timestamp: desk.context.now() };
    expect(await call("ses", bySns({ ...asked, ...at }))).toMatchObject({ status: 200 });
    expect(confirmed).toEqual([SubscribeURL]);
  });
});

describe("a receipt", () => {
  const given = async (fails?: Error) => {
    const { organizationId, profileId } = desk.practice;
    let reference = "";
    const channels = () => ({
      name: "meta",
      async send(message: Channel.OutgoingMessage) {
        ({ reference } = message);
        if (fails) throw fails;
        return { providerMessageId: "wamid.out" };
      },
    });
    const sending = Delivery.send(desk.context, channels, {
      ...{ organizationId, profileId, recipient: "doctor", language: "es", zone: "UTC" },
      ...{ about: organizationId, occasion: "test", template: "reply_stopped" },
      addresses: { phone: LUCIA },
      messaging: { whatsapp: { provider: "meta", sender: "106540352242922" } },
      quietHours: { from: "21:00", to: "08:00" },
      variables: { clinicName: "Clínica Roma" },
    });
    if (fails) await expect(sending).rejects.toBe(fails);
    else await sending;
    return reference;
  };
  const receipts = (...statuses: object[]) =>
    byMeta(
      metaEnvelope({
        statuses: statuses.map((one) => ({ id: "wamid.out", timestamp: "1772463600", ...one })),
      }),
    );
  const state = async () => (await rows("notification")).map((row) => row.status);

  test("says what became of a message, and is told on once", async () => {
    await given();
    expect(await state()).toEqual(["SENT"]);
    for (const _ of [1, 2, 3]) {
      expect(await call("meta", receipts({ status: "sent" }, { status: "delivered" }))).toMatchObject({
        status: 200,
      });
    }
    expect(await state()).toEqual(["DELIVERED"]);
    expect(await factsOf(desk.context, "notification/delivered")).toHaveLength(1);
  });

  test("says that the provider has a message whose answer got lost", async () => {
    const reference = await given(new Channel.TryLater("timeout"));
    expect(await state()).toEqual(["PENDING"]);
    await call("meta", receipts({ status: "sent", biz_opaque_callback_data: reference }));
    expect(await state()).toEqual(["SENT"]);
  });

  test("of a message that nobody knows changes nothing", async () => {
    expect(await call("meta", receipts({ status: "delivered", id: "wamid.other" }))).toMatchObject({
      status: 200,
    });
    expect(await state()).toEqual([]);
  });

  test("with a signed id is heard once a day, and then again", async () => {
    const first = await call("resend", delivered());
    expect(await call("resend", delivered())).toEqual(first);
    expect(await Intake.isHeard(desk.context, ["resend", "msg_1"])).toBe(true);
    desk.context.pass({ days: 1 });
    expect(await call("resend", delivered())).toEqual(first);
  });
});

describe("a call that says much", () => {
  const PEOPLE = Array.from({ length: 15 }, (_, index) => `52155000000${10 + index}`);
  const said = (from: string, count: number) => ({
    ...{ id: `wamid.${from}.${count}`, from, timestamp: `${1_772_463_600 + count}`, type: "text" },
    text: { body: `${count}` },
  });
  const messages = [1, 2, 3].flatMap((count) => PEOPLE.map((from) => said(from, count)));

  beforeEach(async () => {
    await Organization.speakThrough(desk.context, desk.practice.organizationId, {
      whatsapp: { provider: "meta", sender: "106540352242922" },
    });
  });

  test("of up to 3 MB, as Meta's, is taken", async () => {
    const long = written("x".repeat(3 * 1024 * 1024));
    expect(await call("meta", long)).toMatchObject({ status: 200 });
    expect(await rows("message")).toHaveLength(1);
  });

  test("is taken whole, what each person wrote in its order", async () => {
    expect(await call("meta", byMeta(metaEnvelope({ messages })))).toMatchObject({ status: 200 });
    const facts = await factsOf(desk.context, "message/received");
    expect(facts).toHaveLength(45);
    const texts = new Map((await rows("message")).map((row) => [row.messageId, [row.from, row.text]]));
    const told = facts.map(({ data }) => texts.get(data.messageId)!);
    for (const person of PEOPLE) {
      expect(told.filter(([from]) => from === `+${person}`).map(([, text]) => text)).toEqual(["1", "2", "3"]);
    }
  });

  test("loses to a part that fails no more than what comes after it from the same person", async () => {
    interfere(desk.context, "TransactWriteItems", ["passes", "not valid"]);
    expect((await call("meta", byMeta(metaEnvelope({ messages })))).status).toBe(500);
    expect((await rows("message")).length).toBeGreaterThanOrEqual(42);
    expect(await call("meta", byMeta(metaEnvelope({ messages })))).toMatchObject({ status: 200 });
    expect(await rows("message")).toHaveLength(45);
    expect(await factsOf(desk.context, "message/received")).toHaveLength(45);
  });
});

describe("what somebody writes", () => {
  beforeEach(async () => {
    const { organizationId } = desk.practice;
    await Organization.speakThrough(desk.context, organizationId, {
      whatsapp: { provider: "meta", sender: "106540352242922" },
      sms: { provider: "twilio", sender: "+525550000000" },
    });
  });

  test("is kept for the clinic of the number, with whom it knows by that phone, and told once", async () => {
    for (const _ of [1, 2, 3]) expect(await call("meta", written("Sí"))).toMatchObject({ status: 200 });
    const [message, ...others] = await rows("message");
    expect(others).toEqual([]);
    expect(message).toMatchObject({
      org: desk.practice.organizationId,
      from: LUCIA,
      text: "Sí",
      channel: "whatsapp",
      patientIds: [expect.stringMatching(/^pat_/)],
      receivedAt: "2026-03-02T15:00:00.000Z",
    });
    expect(await factsOf(desk.context, "message/received")).toHaveLength(1);
  });

  test("twice at the same moment is one message", async () => {
    await Promise.all([call("meta", written("Sí")), call("meta", written("Sí"))]);
    expect(await rows("message")).toHaveLength(1);
    expect(await factsOf(desk.context, "message/received")).toHaveLength(1);
  });

  test("by SMS comes from Twilio", async () => {
    const fields = { MessageSid: "SM2", From: LUCIA, To: "+525550000000", Body: "¿Sí? + ñ", NumMedia: "0" };
    expect(await call("twilio", byTwilio(twilioUrl, fields))).toMatchObject({ status: 200 });
    expect(await rows("message")).toMatchObject([{ channel: "sms", text: "¿Sí? + ñ" }]);
  });

  test("by somebody whom nobody knows is kept as well, for a person", async () => {
    await call("meta", written("Hola", "wamid.9", { from: "34612345678" }));
    expect(await rows("message")).toMatchObject([{ from: "+34612345678", patientIds: [] }]);
  });

  test("to a number of no clinic is parked, answered, and lost to nobody", async () => {
    const fields = { MessageSid: "SM2", From: LUCIA, To: "+525559999999", Body: "Sí", NumMedia: "0" };
    for (const _ of [1, 2]) {
      expect(await call("twilio", byTwilio(twilioUrl, fields))).toMatchObject({ status: 200 });
    }
    expect(await rows("message")).toEqual([]);
    expect(await Intake.parked(desk.context, "twilio", "2026-03-02")).toMatchObject([
      { reason: "a message to a number of no clinic", body: expect.stringMatching(/^sealed\.v1\./) },
    ]);
    expect(parked).toBe(2);
  });

  test("that makes no sense is parked, and loses nothing that came with it", async () => {
    const mute = { id: "wamid.2", from: "5215587654321", timestamp: "1772463600", type: "text" };
    const good = { ...mute, id: "wamid.3", text: { body: "Sí" } };
    expect(await call("meta", byMeta(metaEnvelope({ messages: [mute, good] })))).toMatchObject({
      status: 200,
    });
    expect(await rows("message")).toMatchObject([{ text: "Sí" }]);
    expect(await rows("parked")).toMatchObject([{ reason: "message: text" }]);
    expect(await call("meta", byMeta({ object: "page" }))).toMatchObject({ status: 200 });
    expect(await rows("parked")).toHaveLength(2);
    expect(parked).toBe(2);
    expect(JSON.stringify(await rows("parked"))).not.toContain("5587654321");
  });
});

describe("the inbox of a clinic", () => {
  test("is for its staff, and a message leaves it when somebody has seen to it", async () => {
    const { messageId } = await Inbox.receive(desk.context, {
      ...{ organizationId: desk.practice.organizationId, provider: "meta", providerMessageId: "wamid.1" },
      ...{ channel: "whatsapp", from: LUCIA, text: "¿Voy en ayunas?", patientIds: [] },
      receivedAt: desk.context.now(),
    });
    await Inbox.open(desk.context, await Inbox.get(desk.context, messageId), "unclear");
    const list = (as: "nurse" | "stranger") => desk.call("listInbox", { as });
    expect((await list("nurse")).body).toMatchObject({ items: [{ messageId, text: "¿Voy en ayunas?" }] });
    expect((await list("stranger")).body).toEqual({ items: [] });
    const close = (as: "nurse" | "stranger") => desk.call("closeMessage", { as, params: { messageId } });
    expect((await close("stranger")).status).toBe(404);
    expect((await close("nurse")).body).toEqual({ messageId, status: "closed" });
    expect((await close("nurse")).status).toBe(200);
    expect((await list("nurse")).body).toEqual({ items: [] });
  });
});

test("a contact stays as it was: the Lambda hears, and a workflow acts", async () => {
  await call("meta", written("STOP"));
  const { organizationId } = desk.practice;
  expect((await Contact.of(desk.context, organizationId, LUCIA)).isStopped).toBe(false);
});
