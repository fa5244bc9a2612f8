import { beforeEach, describe, expect, test } from "vitest";
import { Audit, type Staff } from "../../platform/index.ts";
import { type TestContext, testContext } from "../../testing/context.ts";
import { outcomesOf } from "../../testing/outcomes.ts";
import { factsOf, rowsOf } from "../../testing/rows.ts";
import { Inbox } from "../index.ts";

const organizationId = "org_01KJQWXR3M8Q6V9T2KZB4N7HC5";
const other = "org_01KJQWXR3M8Q6V9T2KZB4N7HC6";

const staffOf = (clinic: string): Staff => ({
  kind: "staff",
  organizationId: clinic,
  memberId: "mem_01KJQWXR3M8Q6V9T2KZB4N7HC5",
  roles: ["nurse"],
  careTeams: [],
});
const nora = staffOf(organizationId);

let context: TestContext;

beforeEach(async () => {
  context = await testContext();
});

const written = (providerMessageId: string, changes: Partial<Parameters<typeof Inbox.receive>[1]> = {}) =>
  Inbox.receive(context, {
    organizationId,
    provider: "meta",
    providerMessageId,
    channel: "whatsapp",
    from: "+525587654321",
    text: "¿Debo ir en ayunas?",
    patientIds: [],
    receivedAt: context.now(),
    ...changes,
  });

describe("a message", () => {
  test("is kept and told of once, however often it comes", async () => {
    const calls = await Promise.all([written("wamid.1"), written("wamid.1")]);
    const again = await written("wamid.1");
    expect(new Set([...calls, again].map(({ messageId }) => messageId)).size).toBe(1);
    expect(await rowsOf(context, "message")).toHaveLength(1);
    const [fact, ...others] = await factsOf(context, "message/received");
    expect(others).toEqual([]);
    expect(fact!.data).toMatchObject({ messageId: again.messageId, channel: "whatsapp" });
    expect(fact!.data).not.toHaveProperty("reservationId");
  });

  test("of one clinic is not that of another, though a provider counts them alike", async () => {
    const mine = await written("wamid.1");
    const theirs = await written("wamid.1", { organizationId: other });
    expect(theirs.messageId).not.toBe(mine.messageId);
  });

  test("that answers one about a reservation names it", async () => {
    const reservationId = "res_01KJQWXR3M8Q6V9T2KZB4N7HC5";
    const answers = { template: "appointment_reminder_24h", about: reservationId, recipient: "patient" };
    await written("wamid.1", { answers });
    await written("wamid.2", { answers: { ...answers, about: "req_01KJQWXR3M8Q6V9T2KZB4N7HC5" } });
    const facts = await factsOf(context, "message/received");
    expect(facts.map(({ data }) => data.reservationId)).toEqual([reservationId, undefined]);
  });

  test("is gone a year after it came", async () => {
    await written("wamid.1");
    const [row] = await rowsOf(context, "message");
    expect(row!.ttl).toBe(Date.parse("2027-03-02T15:00:00.000Z") / 1000);
  });
});

test("what is done about a message is decided once", async () => {
  const { messageId } = await written("wamid.1");
  const decide = (kind: string) => Inbox.decide(context, messageId, { kind });
  expect(await decide("confirm")).toEqual({ kind: "confirm" });
  expect(await decide("cancel")).toEqual({ kind: "confirm" });
});

describe("the inbox", () => {
  const opened = async (providerMessageId: string, changes = {}) => {
    context.pass({ seconds: 1 });
    const { messageId } = await written(providerMessageId, { text: providerMessageId, ...changes });
    await Inbox.open(context, await Inbox.get(context, messageId), "unclear");
    return messageId;
  };
  const texts = async (actor = nora) => (await Inbox.list(context, actor, {})).items.map(({ text }) => text);

  test("has what a person has to read, newest first, in pages, of their clinic alone", async () => {
    for (const id of ["a", "b", "c"]) await opened(id);
    await written("understood");
    await opened("theirs", { organizationId: other });
    expect(await texts()).toEqual(["c", "b", "a"]);
    const first = await Inbox.list(context, nora, { limit: 2 });
    expect(first.items.map(({ text }) => text)).toEqual(["c", "b"]);
    const rest = await Inbox.list(context, nora, { limit: 2, cursor: first.nextCursor });
    expect(rest.items.map(({ text }) => text)).toEqual(["a"]);
    expect(first.items[0]).toMatchObject({ reason: "unclear", from: "+525587654321", patientIds: [] });
  });

  test("says what came with a message, and what its provider calls it", async () => {
    const media = { id: "2754859441498128", fileName: "estudio.pdf" };
    await opened("wamid.1", { text: "¿Es normal?", attachment: "document", media });
    const { items } = await Inbox.list(context, nora, {});
    expect(items).toMatchObject([
      { text: "¿Es normal?", attachment: "document", media: { provider: "meta", ...media } },
    ]);
  });

  test("is read by staff alone, and the reading is logged", async () => {
    await opened("a");
    await expect(Inbox.list(context, { kind: "public" }, {})).rejects.toMatchObject({ type: "forbidden" });
    await texts();
    const trail = await Audit.trail(context, organizationId, organizationId);
    expect(trail).toMatchObject([{ action: "read/inbox", by: nora.memberId }]);
  });

  test("lets go of what somebody has seen to, once, and opens it no more", async () => {
    const messageId = await opened("a");
    const closing = [1, 2, 3].map(() => Inbox.close(context, nora, messageId));
    expect(await outcomesOf(closing)).toMatchObject([{}, {}, {}]);
    await Inbox.close(context, nora, messageId);
    await Inbox.open(context, await Inbox.get(context, messageId), "unclear");
    expect(await texts()).toEqual([]);
    const trail = await Audit.trail(context, organizationId, messageId);
    expect(trail).toMatchObject([{ action: "message/closed", by: nora.memberId }]);
  });

  test("is closed by nobody else", async () => {
    const messageId = await opened("a");
    const closing = (actor: Parameters<typeof Inbox.close>[1]) => Inbox.close(context, actor, messageId);
    await expect(closing(staffOf(other))).rejects.toMatchObject({ type: "not-found" });
    await expect(closing({ kind: "public" })).rejects.toMatchObject({ type: "forbidden" });
    await expect(Inbox.close(context, nora, "msg_01KJQWXR3M8Q6V9T2KZB4N7HC5")).rejects.toMatchObject({
      type: "not-found",
    });
    expect(await texts()).toEqual(["a"]);
  });
});
