import { beforeAll, expect, test } from "vitest";
import { aDesk, asked, booked, type Desk, wishFor } from "../testing/index.ts";

let desk: Desk;

beforeAll(async () => {
  desk = await aDesk();
});

const keyed = (key: string) => ({ "idempotency-key": key });

test("asking twice with one key asks once", async () => {
  const wish = { body: wishFor(desk, "09:00"), headers: keyed("a-1") };
  const first = await desk.call("createRequest", wish);
  const second = await desk.call("createRequest", wish);
  expect(first.status).toBe(201);
  expect([second.status, second.body]).toEqual([first.status, first.body]);
});

test("a field that is left out is the same as its default", async () => {
  const headers = keyed("a-2");
  const first = await desk.call("createRequest", { body: wishFor(desk, "09:20"), headers });
  const second = await desk.call("createRequest", {
    body: wishFor(desk, "09:20", { source: "web" }),
    headers,
  });
  expect(second.body).toEqual(first.body);
});

test("one key for two things is refused", async () => {
  const headers = keyed("a-3");
  await desk.call("createRequest", { body: wishFor(desk, "09:40"), headers });
  const other = await desk.call("createRequest", { body: wishFor(desk, "10:00"), headers });
  expect([other.status, other.body.type]).toEqual([422, "urn:turno:problem:idempotency-key-reused"]);
});

test("without a key, asking twice is asking for a taken time", async () => {
  await desk.call("createRequest", { body: wishFor(desk, "10:20") });
  const second = await desk.call("createRequest", { body: wishFor(desk, "10:20") });
  expect([second.status, second.body.type]).toEqual([409, "urn:turno:problem:slot-taken"]);
  expect(second.body.facts).toEqual({ slotId: desk.slot("10:20") });
});

test("an approval that is repeated is not decided already", async () => {
  const { requestId } = await asked(desk, "10:40");
  const approval = { as: "doctor", params: { requestId }, headers: keyed("a-4") } as const;
  const first = await desk.call("approveRequest", approval);
  expect(await desk.call("approveRequest", approval)).toEqual(first);
  const another = await desk.call("approveRequest", { ...approval, headers: keyed("a-5") });
  expect([another.status, another.body.facts]).toEqual([409, { requestId, status: "approved" }]);
});

test("two callers may choose the same key", async () => {
  const [first, second] = [await booked(desk, "11:00"), await booked(desk, "11:20")];
  for (const { link, reservationId } of [first, second]) {
    const cancelled = await desk.call("cancelReservation", {
      as: link,
      params: { reservationId },
      headers: keyed("same"),
    });
    expect(cancelled.body).toMatchObject({ reservationId, status: "cancelled" });
  }
});

test.each(["", "has space", "ñ", "x".repeat(129)])("%j is no key", async (key) => {
  const { status, body } = await desk.call("createRequest", {
    body: wishFor(desk, "12:00"),
    headers: keyed(key),
  });
  expect(status).toBe(422);
  expect(body.errors).toMatchObject([{ in: "header", pointer: "/Idempotency-Key" }]);
});
