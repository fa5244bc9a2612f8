import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { aMessage, failureOf, HOUR, MINUTE, openProviders } from "./providers.fixture.ts";

const sms = aMessage({ channel: "sms" });
const email = aMessage({
  channel: "email",
  to: "ana@example.org",
  sender: "citas@clinica-sol.example",
  subject: "Tu cita",
});

test("messages are listed newest first, and by recipient", async () => {
  const { providers, channel } = await openProviders();
  await channel("twilio").send(sms);
  await channel("resend").send(email);
  expect(providers.messages().map(({ provider }) => provider)).toEqual(["resend", "twilio"]);
  expect(providers.messages({ to: "+525512345678" })).toHaveLength(1);
});

test("a message is on disk when it is accepted", async () => {
  const { stateDir, channel } = await openProviders();
  const { providerMessageId } = await channel("twilio").send(sms);
  expect(readFileSync(join(stateDir, "messages.jsonl"), "utf8")).toContain(providerMessageId);
});

test("a restart has every message, key and receipt that is still to come, also after a torn last line", async () => {
  const first = await openProviders();
  const sent = await first.channel("resend").send(email);
  await first.pass(MINUTE);
  await first.channel("twilio").send(sms);
  appendFileSync(join(first.stateDir, "messages.jsonl"), '{"providerMessageId":"SM');
  await first.providers.close();

  const second = await openProviders(first.stateDir);
  expect(await second.channel("resend").send(email)).toEqual(sent);
  expect(second.providers.messages()).toHaveLength(2);
  await second.pass(2 * MINUTE);
  // Where the message said that it wants to be told.
  expect(first.told.map(({ url }) => url.split("?")[0])).toEqual([
    "/v1/webhooks/resend",
    "/v1/webhooks/twilio/status",
  ]);
});

test("faults are used up, can be taken back, and belong to one provider", async () => {
  const { providers, channel } = await openProviders();
  providers.fail({ provider: "twilio", times: 2, answer: "busy" });
  await channel("resend").send(email);
  expect(await failureOf(channel("twilio").send(sms))).toMatchObject({ reason: "busy" });
  expect(await failureOf(channel("twilio").send(sms))).toMatchObject({ reason: "busy" });
  await channel("twilio").send(sms);
  providers.fail({ times: 100, answer: "fault" });
  providers.fail({ times: 0 });
  await channel("twilio").send(sms);
});

test("a receipt can come late, or never", async () => {
  const { providers, channel, pass, told } = await openProviders();
  providers.fail({ provider: "twilio", times: 1, receiptAfterSeconds: 3600 });
  await channel("twilio").send(sms);
  await pass(HOUR - MINUTE);
  expect(told).toEqual([]);
  await pass(2 * MINUTE);
  expect(told).toHaveLength(1);
  providers.fail({ provider: "twilio", times: 1, receipt: "never" });
  await channel("twilio").send(sms);
  await pass(24 * HOUR);
  expect(told).toHaveLength(1);
});

test("whoever does not take a receipt is told again, and not for ever", async () => {
  const { channel, pass, told, answerHooks, providers } = await openProviders();
  answerHooks(503);
  await channel("twilio").send(sms);
  await pass(3 * MINUTE);
  expect(told).toHaveLength(3);
  answerHooks(200);
  await pass(HOUR);
  expect(told).toHaveLength(4);
  answerHooks(503);
  await channel("twilio").send(sms);
  await pass(HOUR);
  expect(told).toHaveLength(9);
  expect(providers.nextDueAt()).toBeUndefined();
});

test("a receipt that is refused is not told again", async () => {
  const { channel, pass, told, answerHooks } = await openProviders();
  answerHooks(400);
  await channel("twilio").send(sms);
  await pass(HOUR);
  expect(told).toHaveLength(1);
});

test("receipts come by themselves, once that was begun", async () => {
  const { providers, channel, told, clock } = await openProviders();
  providers.start();
  providers.fail({ provider: "twilio", times: 1, receiptAfterSeconds: 0 });
  await channel("twilio").send(sms);
  await expect.poll(() => told.length).toBe(1);
  providers.stop();
  await channel("twilio").send(sms);
  clock.time += HOUR;
  expect(told).toHaveLength(1);
});
