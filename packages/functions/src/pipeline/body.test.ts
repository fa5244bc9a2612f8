import { beforeAll, expect, test } from "vitest";
import { aDesk, asked, type Desk, wishFor } from "../testing/index.ts";

let desk: Desk;

beforeAll(async () => {
  desk = await aDesk();
});

test("a body that is not JSON is malformed", async () => {
  const { status, body } = await desk.call("createRequest", { body: '{"slotId":' });
  expect([status, body.type]).toEqual([400, "urn:turno:problem:malformed-json"]);
});

test("a body of another type is not read", async () => {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const { status, body } = await desk.call("createRequest", { body: "slotId=1", headers });
  expect([status, body.type]).toEqual([415, "urn:turno:problem:unsupported-media-type"]);
});

test("a body without a type is not read", async () => {
  const { status } = await desk.call("createRequest", { body: {}, headers: { "content-type": "" } });
  expect(status).toBe(415);
});

test("a type of JSON with a suffix or a charset is JSON", async () => {
  for (const type of ["application/json; charset=utf-8", "application/vnd.clinic+json"]) {
    const { status } = await desk.call("createRequest", { body: {}, headers: { "content-type": type } });
    expect(status).toBe(422);
  }
});

test("a body that comes in base64 is read", async () => {
  const body = Buffer.from(JSON.stringify(wishFor(desk, "09:00"))).toString("base64");
  const { status } = await desk.call("createRequest", { body, isBase64Encoded: true });
  expect(status).toBe(201);
});

test("a body is measured in bytes", async () => {
  const letters = "ñ".repeat(140 * 1024);
  const { status, body } = await desk.call("createRequest", { body: { symptoms: letters } });
  expect(letters.length).toBeLessThan(256 * 1024);
  expect([status, body.type]).toEqual([413, "urn:turno:problem:too-large"]);
});

test("a body that may be empty may be left out", async () => {
  const { requestId } = await asked(desk, "09:20");
  const { status } = await desk.call("approveRequest", { params: { requestId }, as: "doctor" });
  expect(status).toBe(201);
});

test("a route that takes no body does not look at it", async () => {
  const slotId = desk.slot("12:40");
  const { status } = await desk.call("blockSlot", { params: { slotId }, as: "doctor", body: "{" });
  expect(status).toBe(200);
});
