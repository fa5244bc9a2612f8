import { marshall } from "@aws-sdk/util-dynamodb";
import { commit, Outbox } from "@turno/core/platform";
import { rowsOf, testContext } from "@turno/core/testing";
import type { DynamoDBRecord } from "aws-lambda";
import { expect, test } from "vitest";
import { streamRelay } from "./relay.ts";

type Image = NonNullable<NonNullable<DynamoDBRecord["dynamodb"]>["NewImage"]>;

const imageOf = (row: object): Image => marshall(row, { removeUndefinedValues: true }) as Image;

const record = (SequenceNumber: string, NewImage?: Image): DynamoDBRecord => ({
  eventName: NewImage ? "INSERT" : "REMOVE",
  dynamodb: { SequenceNumber, ...(NewImage && { NewImage }) },
});

const given = async () => {
  const context = await testContext();
  const sent: string[] = [];
  const lines: object[] = [];
  const publish = async (events: { data: Record<string, unknown> }[]) => {
    for (const { data } of events) sent.push(String(data.slotId));
  };
  const handler = (accepts: Outbox.Publish = publish) =>
    streamRelay({ context, publish: accepts, log: (line) => lines.push(line) });
  /** The stream's record of a fact that was written to the outbox. */
  const told = async (slotId: string, changes = {}): Promise<DynamoDBRecord> => {
    const data = {
      ...{ slotId, profileId: "prf_1", serviceId: "svc_1", startTime: "2026-03-03T15:00:00.000Z" },
      reason: "cancelled" as const,
      ...changes,
    };
    const about = "prf_01JDWXR3M8Q6V9T2KZB4N7HC5E";
    const fact = { organizationId: "org_1", about, events: ["slot/released" as const], data };
    await commit(context, [Outbox.tell(context, { kind: "system" }, fact)]);
    const { factId } = (await Outbox.waiting(context, 0)).at(-1)!;
    const row = (await rowsOf(context, "outbox")).find((stored) => stored.factId === factId)!;
    return record(`at ${slotId}`, imageOf(row));
  };
  return { context, sent, lines, handler, told };
};

test("facts in the stream are told in their order, and leave the outbox", async () => {
  const { context, sent, handler, told } = await given();
  const Records = [await told("one"), await told("two")];
  expect(await handler()({ Records })).toEqual({ batchItemFailures: [] });
  expect(sent).toEqual(["one", "two"]);
  expect(await Outbox.waiting(context, 0)).toEqual([]);
});

test("rows of other kinds, and rows that were deleted, say nothing", async () => {
  const { sent, handler } = await given();
  const Records = [record("1", imageOf({ __edb_e__: "slot", start: "2026-03-03" })), record("2")];
  expect(await handler()({ Records })).toEqual({ batchItemFailures: [] });
  expect(sent).toEqual([]);
});

test("when the service accepts nothing, the stream begins again with the first fact", async () => {
  const { context, handler, told, sent } = await given();
  const Records = [record("a deleted row"), await told("one"), await told("two")];
  const down = () => Promise.reject(new Error("nobody answers"));
  expect(await handler(down)({ Records })).toEqual({ batchItemFailures: [{ itemIdentifier: "at one" }] });
  expect(await Outbox.waiting(context, 0)).toHaveLength(2);
  expect(await handler()({ Records })).toEqual({ batchItemFailures: [] });
  expect(sent).toEqual(["one", "two"]);
});

test("a fact that makes no event is the one that fails; those around it are told", async () => {
  const { handler, told, sent, lines } = await given();
  const Records = [await told("one"), await told("two", { reason: "unheard of" }), await told("three")];
  expect(await handler()({ Records })).toEqual({ batchItemFailures: [{ itemIdentifier: "at two" }] });
  expect(sent).toEqual(["one", "three"]);
  expect(lines).toMatchObject([{ level: "error", error: "Untold", factIds: [expect.any(String)] }]);
});

test("records that come twice are told twice under one event id", async () => {
  const { context, told } = await given();
  const ids: string[] = [];
  const handler = streamRelay({ context, publish: async (events) => void ids.push(events[0]!.id) });
  const Records = [await told("one")];
  await handler({ Records });
  await handler({ Records });
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
});
