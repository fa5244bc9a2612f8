import {
  BatchGetCommand,
  type BatchGetCommandOutput,
  type DynamoDBDocumentClient,
} from "@aws-sdk/lib-dynamodb";
import { beforeEach, describe, expect, test } from "vitest";
import type { Actor, Staff } from "../../platform/index.ts";
import { type TestContext, testContext } from "../../testing/context.ts";
import { type Channels, WrongNumber } from "../channel/index.ts";
import { list, type NotificationQuery, type Order, ofAppointment, send } from "./index.ts";
import { anOrder, appointmentId } from "./order.fixture.ts";

const mine = anOrder().organizationId;
const other = "org_01KJQWXR3M8Q6V9T2KZB4N7HC6";
const ana = anOrder().patientId!;
const eva = "pat_01KJQWXR3M8Q6V9T2KZB4N7HC7";

const staffOf = (organizationId: string): Staff => ({
  kind: "staff",
  organizationId,
  memberId: "mem_01KJQWXR3M8Q6V9T2KZB4N7HC5",
  roles: ["nurse"],
  careTeams: [],
});

const channels: Channels = (name) => ({
  name,
  send: ({ to }) =>
    to.endsWith("0") ? Promise.reject(new WrongNumber()) : Promise.resolve({ providerMessageId: "wamid" }),
});

let context: TestContext;

beforeEach(async () => {
  context = await testContext();
});

/** Sends a message at this time; the occasion tells it from others. */
const sent = (at: string, occasion: string, changes: Partial<Order<"appointment_reminder_24h">> = {}) => {
  context.at(at);
  return send(context, channels, anOrder({ occasion, ...changes }));
};

/** Every page of a list. */
async function pagesOf(query: NotificationQuery, actor: Actor = staffOf(mine)) {
  const pages = [];
  let cursor: string | undefined;
  do {
    const page = await list(context, actor, { ...query, cursor });
    pages.push(page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return pages;
}

const times = async (query: NotificationQuery, actor?: Actor) =>
  (await pagesOf(query, actor)).flat().map(({ createdAt }) => createdAt.slice(5, 16));

describe("the log of a clinic", () => {
  test("is newest first, over the days", async () => {
    await sent("2026-03-01T23:30:00Z", "a");
    await sent("2026-03-02T00:30:00Z", "b");
    await sent("2026-03-04T08:00:00Z", "c");
    expect(await times({})).toEqual(["03-04T08:00", "03-02T00:30", "03-01T23:30"]);
  });

  test("holds the last seven days, and others when asked", async () => {
    await sent("2026-02-20T12:00:00Z", "a");
    await sent("2026-03-02T12:00:00Z", "b");
    expect(await times({})).toEqual(["03-02T12:00"]);
    expect(await times({ from: "2026-02-20T00:00:00Z" })).toEqual(["03-02T12:00", "02-20T12:00"]);
  });

  test("goes from a time up to, but not including, another, however they are written", async () => {
    for (const hour of ["10", "11", "12"]) await sent(`2026-03-02T${hour}:00:00Z`, hour);
    const query = { from: "2026-03-02T04:00:00-06:00", to: "2026-03-02T12:00:00Z" };
    expect(await times(query)).toEqual(["03-02T11:00", "03-02T10:00"]);
    expect(await times({ from: query.to, to: query.from })).toEqual([]);
  });

  test("shows one status alone", async () => {
    await sent("2026-03-02T10:00:00Z", "a");
    await sent("2026-03-02T11:00:00Z", "b", { addresses: { phone: "+525500000000" } });
    await sent("2026-03-02T12:00:00Z", "c");
    const [items] = await pagesOf({ status: "FAILED" });
    expect(items).toMatchObject([{ createdAt: "2026-03-02T11:00:00.000Z", reason: "wrong-number" }]);
  });

  test("refuses more than 92 days", async () => {
    await expect(list(context, staffOf(mine), { from: "2025-11-01T00:00:00Z" })).rejects.toMatchObject({
      type: "invalid",
    });
  });
});

describe("pages", () => {
  test("together hold every message once", async () => {
    for (const minute of ["58", "59"]) await sent(`2026-03-01T23:${minute}:00Z`, minute);
    for (const minute of ["00", "01", "02"]) await sent(`2026-03-02T00:${minute}:00Z`, minute);
    const pages = await pagesOf({ limit: 2 });
    const seen = pages.flat().map(({ createdAt }) => createdAt.slice(11, 16));
    expect(seen).toEqual(["00:02", "00:01", "00:00", "23:59", "23:58"]);
    expect(Math.max(...pages.map((page) => page.length))).toBe(2);
  });

  test("keep apart messages of the same moment", async () => {
    for (const occasion of ["a", "b", "c"]) await sent("2026-03-02T10:00:00Z", occasion);
    for (const query of [{ limit: 1 }, { limit: 1, patientId: ana }]) {
      const ids = (await pagesOf(query)).flat().map(({ notificationId }) => notificationId);
      expect(new Set(ids).size).toBe(3);
      expect(ids).toHaveLength(3);
    }
  });

  test("of one status pass over the others", async () => {
    for (const hour of ["10", "11", "12", "13", "14"]) {
      await sent(
        `2026-03-02T${hour}:00:00Z`,
        hour,
        hour === "12" ? {} : { addresses: { phone: "+525500000000" } },
      );
    }
    expect(await times({ limit: 1, status: "SENT" })).toEqual(["03-02T12:00"]);
    expect(await times({ limit: 1, status: "SENT", patientId: ana })).toEqual(["03-02T12:00"]);
  });

  test("end after so many reads, and go on by their cursor", async () => {
    await sent("2026-02-01T12:00:00Z", "a");
    context.at("2026-03-02T12:00:00Z");
    const pages = await pagesOf({ from: "2026-02-01T00:00:00Z" });
    expect(pages.map((page) => page.length)).toEqual([0, 1]);
  });

  test("refuse a cursor that was made up, or is another list's", async () => {
    for (const occasion of ["a", "b"]) await sent("2026-03-02T10:00:00Z", occasion);
    const { nextCursor } = await list(context, staffOf(mine), { limit: 1 });
    const invalid = { type: "invalid", facts: { errors: [{ pointer: "/cursor" }] } };
    const asked = (cursor: string, actor: Actor = staffOf(mine)) =>
      list(context, actor, { limit: 1, cursor });
    await expect(asked("e30")).rejects.toMatchObject(invalid);
    await expect(asked(nextCursor!, staffOf(other))).rejects.toMatchObject(invalid);
    await expect(list(context, staffOf(mine), { patientId: ana, cursor: nextCursor })).rejects.toMatchObject(
      invalid,
    );
  });
});

describe("one patient's messages", () => {
  test("are theirs alone, from any time", async () => {
    await sent("2025-03-02T10:00:00Z", "a");
    await sent("2026-03-02T10:00:00Z", "b");
    await sent("2026-03-02T11:00:00Z", "c", { patientId: eva });
    expect(await times({ patientId: ana })).toEqual(["03-02T10:00", "03-02T10:00"]);
    expect(await times({ patientId: ana, from: "2026-01-01T00:00:00Z" })).toEqual(["03-02T10:00"]);
    expect(await times({ patientId: eva })).toEqual(["03-02T11:00"]);
  });
});

describe("another clinic", () => {
  beforeEach(async () => {
    await sent("2026-03-02T10:00:00Z", "a");
    await sent("2026-03-02T11:00:00Z", "b", { organizationId: other });
  });

  test("does not show in the log", async () => {
    expect(await times({})).toEqual(["03-02T10:00"]);
    expect(await times({}, staffOf(other))).toEqual(["03-02T11:00"]);
  });

  test("does not show by patient or appointment", async () => {
    expect(await times({ patientId: ana }, staffOf(other))).toEqual(["03-02T11:00"]);
    const about = await ofAppointment(context, staffOf(other), appointmentId);
    expect(about).toMatchObject([{ createdAt: "2026-03-02T11:00:00.000Z" }]);
  });
});

describe("a log is shown", () => {
  /** The same table, which answers a batch of keys in another way. */
  function answering(change: (answer: BatchGetCommandOutput) => BatchGetCommandOutput) {
    const { client } = context.table;
    const changed: DynamoDBDocumentClient = Object.assign(Object.create(client), {
      async send(command: Parameters<typeof client.send>[0]) {
        const answer = await client.send(command);
        return command instanceof BatchGetCommand ? change(answer as BatchGetCommandOutput) : answer;
      },
    });
    return { ...context, table: { ...context.table, client: changed } };
  }

  beforeEach(async () => {
    for (const hour of ["10", "11", "12"]) await sent(`2026-03-02T${hour}:00:00Z`, hour);
  });

  test("in order, in whatever order the table answers", async () => {
    const shuffled = answering(({ Responses = {}, ...answer }) => {
      const [[table, [first, ...rest]]] = Object.entries(Responses) as [[string, Record<string, unknown>[]]];
      return { ...answer, Responses: { [table]: [...rest, first!] } };
    });
    const { items } = await list(shuffled, staffOf(mine), {});
    expect(items.map(({ createdAt }) => createdAt.slice(11, 13))).toEqual(["12", "11", "10"]);
  });

  test("whole or not at all", async () => {
    const throttled = answering(({ Responses = {}, ...answer }) => {
      const [[table, [, ...rest]]] = Object.entries(Responses) as [[string, Record<string, unknown>[]]];
      return { ...answer, Responses: { [table]: rest } };
    });
    await expect(list(throttled, staffOf(mine), {})).rejects.toMatchObject({ type: "busy" });
  });
});

test("nobody but staff reads the log", async () => {
  const patient: Actor = { kind: "patient", organizationId: mine, appointmentId };
  for (const actor of [patient, { kind: "public" } as const, { kind: "system" } as const]) {
    await expect(list(context, actor, {})).rejects.toMatchObject({ type: "forbidden" });
  }
  await expect(ofAppointment(context, patient, appointmentId)).rejects.toMatchObject({ type: "forbidden" });
});
