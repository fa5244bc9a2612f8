import { expect, test } from "vitest";
import { testContext } from "../../testing/context.ts";
import { Conversation } from "../index.ts";

const contactId = "01KJQWXR3M8Q6V9T2KZB4N7HC5";
const times = (...slotIds: string[]) => ({ kind: "times" as const, reservationId: "res_1", slotIds });

test("a number means what was offered last, for four hours", async () => {
  const context = await testContext();
  expect(await Conversation.of(context, contactId)).toBeUndefined();
  await Conversation.offer(context, contactId, { messageId: "msg_1", offer: times("a", "b", "c") });
  await Conversation.offer(context, contactId, { messageId: "msg_2", offer: times("d", "e") });
  const conversation = await Conversation.of(context, contactId);
  const chosen = [0, 1, 2, 3].map((number) => Conversation.chosenIn(conversation!, number));
  expect(chosen).toEqual([undefined, "d", "e", undefined]);
  context.pass({ hours: 3, minutes: 59 });
  expect(await Conversation.of(context, contactId)).toBeDefined();
  context.pass({ minutes: 1 });
  expect(await Conversation.of(context, contactId)).toBeUndefined();
});

test("an offer that was taken has ended, and takes no newer one with it", async () => {
  const context = await testContext();
  await Conversation.offer(context, contactId, { messageId: "msg_1", offer: times("a") });
  await Conversation.offer(context, contactId, { messageId: "msg_2", offer: times("b") });
  await Conversation.end(context, contactId, "msg_1");
  expect(await Conversation.of(context, contactId)).toMatchObject({ messageId: "msg_2" });
  await Conversation.end(context, contactId, "msg_2");
  await Conversation.end(context, contactId, "msg_2");
  expect(await Conversation.of(context, contactId)).toBeUndefined();
});

test("a contact is told once a day that a person will read, on one message however often that comes", async () => {
  const context = await testContext();
  const reassures = (messageId: string) => Conversation.reassures(context, contactId, messageId);
  expect([await reassures("msg_1"), await reassures("msg_1"), await reassures("msg_2")]).toEqual([
    true,
    true,
    false,
  ]);
  context.pass({ days: 1 });
  expect([await reassures("msg_3"), await reassures("msg_2")]).toEqual([true, false]);
});
