import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { NOW, posted, refusalOf } from "../webhook/request.fixture.ts";
import { resendWebhook } from "./webhook.ts";

const secrets = { signingSecret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" };
const NOW_SECONDS = Date.parse(NOW) / 1000;

const body = '{"type":"email.delivered"}';

const sign = (id: string, seconds: number, sent = body): string =>
  createHmac("sha256", Buffer.from("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "base64"))
    .update(`${id}.${seconds}.${sent}`)
    .digest("base64");

const headersOf = (seconds = NOW_SECONDS, signature = `v1,${sign("msg_1", seconds)}`) => ({
  "svix-id": "msg_1",
  "svix-timestamp": `${seconds}`,
  "svix-signature": signature,
});

const verify = (headers: Record<string, string>, sent = body, now = NOW) =>
  refusalOf(() => resendWebhook.verify(posted("resend", sent, headers), secrets, now));

describe("a call of Resend's", () => {
  test("is its own as in the example of Svix's documentation", async () => {
    const headers = {
      "svix-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "svix-timestamp": "1614265330",
      "svix-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    };
    expect(await verify(headers, '{"test": 2432232314}', "2021-02-25T15:02:10.000Z")).toBeUndefined();
  });

  test("has an id, which the signature covers", async () => {
    expect(await resendWebhook.verify(posted("resend", body, headersOf()), secrets, NOW)).toEqual({
      id: "msg_1",
    });
    expect(await verify({ ...headersOf(), "svix-id": "msg_2" })).toBe("BadSignature");
  });

  test("may have several signatures while the secret is changed", async () => {
    const several = `v1,${sign("msg_1", 1)} v1a,zzz v1,${sign("msg_1", NOW_SECONDS)}`;
    expect(await verify(headersOf(NOW_SECONDS, several))).toBeUndefined();
  });

  test("holds for five minutes, in both directions", async () => {
    for (const seconds of [299, 300, -300]) {
      expect(await verify(headersOf(NOW_SECONDS - seconds))).toBeUndefined();
    }
    expect(await verify(headersOf(NOW_SECONDS - 301))).toBe("StaleTimestamp");
    expect(await verify(headersOf(NOW_SECONDS + 301))).toBe("StaleTimestamp");
  });

  test("is refused when it was changed, is unsigned, or its time was made newer", async () => {
    const { "svix-signature": signature, ...unsigned } = headersOf(NOW_SECONDS - 900);
    expect(await verify(headersOf(), `${body} `)).toBe("BadSignature");
    expect(await verify(unsigned)).toBe("BadSignature");
    expect(await verify({})).toBe("BadSignature");
    expect(await verify(headersOf(NOW_SECONDS, signature))).toBe("BadSignature");
    expect(await verify({ ...headersOf(), "svix-timestamp": "soon" })).toBe("BadSignature");
  });
});

const parsed = (type: string, data: object = {}) =>
  resendWebhook.parse(
    posted(
      "resend",
      JSON.stringify({ type, created_at: "2026-03-02T14:59:58.126Z", data: { email_id: "em_1", ...data } }),
    ),
  );

describe("an event", () => {
  const receipt = { kind: "receipt", providerMessageId: "em_1", at: "2026-03-02T14:59:58.126Z" };

  test("says what became of an e-mail", () => {
    expect(parsed("email.delivered", { tags: { reference: "ntf_1-a-email" } })).toEqual([
      { ...receipt, reference: "ntf_1-a-email", status: "delivered" },
    ]);
    expect(parsed("email.bounced", { bounce: { type: "Permanent" } })).toEqual([
      { ...receipt, status: "failed", reason: "wrong-number" },
    ]);
    expect(parsed("email.bounced", { bounce: { type: "Transient" } })).toMatchObject([{ reason: "refused" }]);
    expect(parsed("email.complained")).toEqual([{ ...receipt, status: "failed", reason: "opted-out" }]);
    for (const type of ["email.failed", "email.suppressed"]) {
      expect(parsed(type)).toEqual([{ ...receipt, status: "failed", reason: "refused" }]);
    }
  });

  test("may have its tags as a list", () => {
    expect(parsed("email.delivered", { tags: [{ name: "reference", value: "ntf_2" }] })).toMatchObject([
      { reference: "ntf_2" },
    ]);
  });

  test.each(["email.sent", "email.delivery_delayed", "email.opened", "email.clicked"])(
    "%s changes nothing",
    (type) => {
      expect(parsed(type)).toEqual([]);
    },
  );

  test("that is not as documented is broken", () => {
    expect(parsed("email.delivered", { email_id: 7 })).toEqual([
      { kind: "broken", reason: "event: data.email_id" },
    ]);
    expect(resendWebhook.parse(posted("resend", "<xml>"))).toMatchObject([{ kind: "broken" }]);
  });
});
