import { beforeAll, expect, test } from "vitest";
import { aDesk, type Desk } from "../testing/index.ts";

let desk: Desk;

beforeAll(async () => {
  desk = await aDesk();
});

const created = async () => {
  const { body, headers } = await desk.call("createService", {
    as: "doctor",
    params: { profileId: desk.practice.profileId },
    body: { name: "Vacuna", category: "general", duration: 10, price: 20_000 },
  });
  return { serviceId: String(body.serviceId), etag: String(headers.etag) };
};

const edit = (serviceId: string, ifMatch?: string) =>
  desk.call("editService", {
    as: "doctor",
    params: { serviceId },
    body: { price: 25_000 },
    headers: ifMatch === undefined ? {} : { "if-match": ifMatch },
  });

test("what is made carries its version, and so does every edit of it", async () => {
  const { serviceId, etag } = await created();
  expect(etag).toBe('"1"');
  const edited = await edit(serviceId, etag);
  expect([edited.status, edited.headers.etag]).toEqual([200, '"2"']);
});

test("an edit of what has changed since is refused", async () => {
  const { serviceId, etag } = await created();
  await edit(serviceId, etag);
  const late = await edit(serviceId, etag);
  expect([late.status, late.body.type]).toEqual([412, "urn:turno:problem:stale"]);
});

test("without a tag, and with any, the last edit wins", async () => {
  const { serviceId } = await created();
  expect((await edit(serviceId)).status).toBe(200);
  expect((await edit(serviceId, "*")).status).toBe(200);
});

test.each(["1", 'W/"1"', '"abc"', ""])("%j is a tag of no version", async (tag) => {
  const { serviceId } = await created();
  expect((await edit(serviceId, tag)).status).toBe(412);
});
