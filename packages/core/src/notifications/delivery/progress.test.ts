import { expect, test } from "vitest";
import { begun, channelFor, givenUp, type Progress, postponed, received } from "./progress.ts";
import * as Reference from "./reference.ts";

const pending: Progress = {
  status: "PENDING",
  channel: "whatsapp",
  routes: ["whatsapp", "sms", "email"],
  tried: [],
  failures: 0,
  isOpen: false,
};
const all = pending.routes;

test("the next channel is the current one, or the first that has not been tried", () => {
  expect(channelFor(pending, all)).toBe("whatsapp");
  expect(channelFor(pending, ["email", "whatsapp"])).toBe("whatsapp");
  expect(channelFor({ ...pending, tried: [{ channel: "whatsapp", reason: "refused" }] }, all)).toBe("sms");
  expect(channelFor(pending, [])).toBeUndefined();
  expect(channelFor({ ...pending, isOpen: true }, ["sms", "email"])).toBeUndefined();
});

test("what a provider was out of order for is counted for one channel", () => {
  const failed = { ...pending, ...postponed(pending, "whatsapp", all) };
  expect(begun(failed, "whatsapp")).toEqual({ channel: "whatsapp", failures: 1, isOpen: true });
  expect(begun(failed, "sms").failures).toBe(0);
  expect(givenUp(failed, { channel: "whatsapp", reason: "refused" }).failures).toBe(0);
});

test("patience ends only where there is another channel", () => {
  const last = { ...pending, failures: 2 };
  expect(postponed(last, "whatsapp", all)).toMatchObject({ tried: [{ reason: "unavailable" }] });
  expect(postponed(last, "whatsapp", ["whatsapp"])).toEqual({ failures: 3, isOpen: false });
});

test("whom a provider passes on no more has left that channel, and no other", () => {
  const sent: Progress = { ...pending, status: "SENT", channel: "sms", routes: ["sms", "whatsapp"] };
  const stop = { status: "failed", reason: "opted-out" } as const;
  expect(received(sent, "sms", stop)).toMatchObject({ status: "PENDING" });
  expect(received({ ...sent, routes: ["sms"] }, "sms", stop)).toMatchObject({ status: "FAILED" });
});

test("a reference comes back as it was written, and nothing else is one", () => {
  const target = {
    under: "01KJQWXR3M8Q6V9T2KZB4N7HC5",
    notificationId: "ntf_01KJQWXR3M8Q6V9T2KZB4N7HC5",
    channel: "sms",
  } as const;
  const written = Reference.write(target);
  expect(written).toMatch(/^[\w-]{1,200}$/);
  expect(Reference.read(written)).toEqual(target);
  for (const other of ["", "a-b-c", `${written}x`, written.replace("sms", "pigeon"), `x${written}`]) {
    expect(Reference.read(other)).toBeUndefined();
  }
});
