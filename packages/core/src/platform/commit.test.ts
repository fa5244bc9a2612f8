import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { type Fate, interfere, testContext } from "../testing/index.ts";
import { commit, patiently, Refusal, type Write } from "./index.ts";

const given = async () => ({ ...(await testContext()), random: () => 0 });
type Given = Awaited<ReturnType<typeof given>>;

/** Adds one to a counter, while it is below `most`. */
const counted = (pk: string, most = 1_000): Write => ({
  action: "Update",
  change: {
    params: ({ table }) => ({
      TableName: table,
      Key: { pk, sk: "n" },
      UpdateExpression: "ADD n :one",
      ConditionExpression: "attribute_not_exists(n) OR n < :most",
      ExpressionAttributeValues: { ":one": 1, ":most": most },
    }),
  },
  refused: (found) => new Refusal("full", `${pk} is full`, { pk, found: found?.n }),
});

const countOf = async ({ table: { client, table } }: Given, pk: string) =>
  (await client.send(new GetCommand({ TableName: table, Key: { pk, sk: "n" }, ConsistentRead: true }))).Item
    ?.n ?? 0;

test("a transaction writes all of it or nothing", async () => {
  const context = await given();
  await commit(context, [counted("a"), counted("b", 1)]);
  await expect(commit(context, [counted("a"), counted("b", 1)])).rejects.toThrow("b is full");
  expect([await countOf(context, "a"), await countOf(context, "b")]).toEqual([1, 1]);
});

test("the first write that is refused says why, with the row that it found", async () => {
  const context = await given();
  await commit(context, [counted("a"), counted("b")]);
  await expect(commit(context, [counted("c"), counted("a", 1), counted("b", 1)])).rejects.toMatchObject({
    type: "full",
    facts: { pk: "a", found: 1 },
  });
});

test.each<Fate>([
  "conflict",
  "throttled item",
  "throttled",
  "throughput exceeded",
  "still in progress",
  "server error",
  "connection reset",
])("what passes is tried again: %s", async (fate) => {
  const context = await given();
  const calls = interfere(context, "TransactWriteItems", [fate, fate, fate]);
  await commit(context, [counted("a"), counted("b")]);
  expect(calls()).toBe(4);
  expect(await countOf(context, "a")).toBe(1);
});

test("an answer that got lost is not a second write", async () => {
  const context = await given();
  const calls = interfere(context, "TransactWriteItems", ["answer lost", "answer lost", "conflict"]);
  await commit(context, [counted("a", 1)]);
  expect(calls()).toBe(4);
  expect(await countOf(context, "a")).toBe(1);
});

test("what does not pass is not tried again, and is not hidden", async () => {
  const context = await given();
  const calls = interfere(context, "TransactWriteItems", ["not valid"]);
  await expect(commit(context, [counted("a")])).rejects.toMatchObject({ name: "ValidationException" });
  expect(calls()).toBe(1);
});

test("after many attempts it says that too much is happening, and nothing is written", async () => {
  const context = await given();
  const calls = interfere(context, "TransactWriteItems", Array<Fate>(100).fill("conflict"));
  await expect(commit(context, [counted("a")])).rejects.toMatchObject({ type: "busy" });
  expect(calls()).toBeGreaterThanOrEqual(10);
  expect(calls()).toBeLessThan(100);
  expect(await countOf(context, "a")).toBe(0);
});

test("a rush is waited out for longer than a service that has had enough, which the SDK has asked before", async () => {
  const rushed = await given();
  interfere(rushed, "TransactWriteItems", Array<Fate>(19).fill("conflict"));
  await commit(rushed, [counted("a")]);
  expect(await countOf(rushed, "a")).toBe(1);
  const throttled = await given();
  const calls = interfere(throttled, "TransactWriteItems", Array<Fate>(19).fill("throttled"));
  await expect(commit(throttled, [counted("a")])).rejects.toMatchObject({ type: "busy" });
  expect(calls()).toBe(10);
});

test("a look before the next attempt may end it", async () => {
  const context = await given();
  const calls = interfere(context, "TransactWriteItems", ["conflict"]);
  const beforeRetry = () => Promise.reject(new Refusal("gone", "gone"));
  await expect(commit(context, [counted("a")], { beforeRetry })).rejects.toMatchObject({ type: "gone" });
  expect(calls()).toBe(1);
});

test("twenty at once on one row all get through, each once", async () => {
  const context = await given();
  await Promise.all(Array.from({ length: 20 }, () => commit(context, [counted("a"), counted("b")])));
  expect(await countOf(context, "a")).toBe(20);
});

test("an empty transaction is a mistake", async () => {
  await expect(commit(await given(), [])).rejects.toThrow("at least one write");
});

test("a single write is patient with what passes, and with nothing else", async () => {
  const context = await given();
  const { client, table } = context.table;
  const read = () => client.send(new GetCommand({ TableName: table, Key: { pk: "a", sk: "n" } }));
  const calls = interfere(context, "GetItem", [
    "held by a transaction",
    "throttled",
    "passes",
    "condition failed",
  ]);
  await patiently(context, read);
  expect(calls()).toBe(3);
  await expect(patiently(context, read)).rejects.toMatchObject({ name: "ConditionalCheckFailedException" });
  expect(calls()).toBe(4);
});
