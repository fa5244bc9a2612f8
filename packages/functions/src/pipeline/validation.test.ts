import { beforeAll, expect, test } from "vitest";
import { aDesk, type Desk, wishFor } from "../testing/index.ts";

let desk: Desk;

beforeAll(async () => {
  desk = await aDesk();
});

const errorsOf = async (changes: Record<string, unknown>) => {
  const { status, body } = await desk.call("createRequest", { body: wishFor(desk, "09:00", changes) });
  expect([status, body.type]).toEqual([422, "urn:turno:problem:invalid"]);
  return body.errors;
};

test("everything that is wrong is answered at once", async () => {
  const errors = await errorsOf({ patientPhone: "55 1234", patientName: "", urgencyLevel: "yesterday" });
  expect(errors?.map(({ in: place, pointer }) => `${place} ${pointer}`)).toEqual([
    "body /patientName",
    "body /patientPhone",
    "body /urgencyLevel",
  ]);
});

test("a field that is missing is required", async () => {
  expect(await errorsOf({ patientPhone: undefined })).toEqual([
    { in: "body", pointer: "/patientPhone", detail: "is required" },
  ]);
});

test("a field that the contract does not know is refused", async () => {
  expect(await errorsOf({ organizationId: desk.practice.organizationId })).toEqual([
    { in: "body", pointer: "/organizationId", detail: "is not a field of this" },
  ]);
});

test("a field of the wrong type is refused", async () => {
  expect(await errorsOf({ chiefComplaint: 7 })).toMatchObject([{ pointer: "/chiefComplaint" }]);
});

test("a text that is too long is refused", async () => {
  expect(await errorsOf({ chiefComplaint: "x".repeat(501) })).toMatchObject([{ pointer: "/chiefComplaint" }]);
});

test("a body that is no object is refused", async () => {
  for (const body of [[], "text", null, 7]) {
    const sent = await desk.call("createRequest", { body: JSON.stringify(body) });
    expect(sent.status).toBe(422);
    expect(sent.body.errors).toMatchObject([{ in: "body", pointer: "" }]);
  }
});

test("a pointer leads into nested fields, with its own escapes", async () => {
  const { body } = await desk.call("approveRequest", {
    as: "doctor",
    params: { requestId: "req_01JDWXR3M8Q6V9T2KZB4N7HC5E" },
    body: { changes: { durationChange: 7, "a/b~c": 1 } },
  });
  expect(body.errors?.map(({ pointer }) => pointer)).toEqual(["/changes/durationChange", "/changes/a~1b~0c"]);
});

test("an id of another kind is refused before anything is read", async () => {
  const { status, body } = await desk.call("getProfile", {
    params: { profileId: "svc_01JDWXR3M8Q6V9T2KZB4N7HC5E" },
  });
  expect(status).toBe(422);
  expect(body.errors).toEqual([{ in: "path", pointer: "/profileId", detail: "must be a profile id" }]);
});

test.each([
  [{ limit: "0" }, "/limit"],
  [{ limit: "1001" }, "/limit"],
  [{ limit: "many" }, "/limit"],
  [{ timezone: "America/Macondo" }, "/timezone"],
  [{ from: "2026-02-30" }, "/from"],
  [{ to: "2026-02-01" }, "/to"],
  [{ to: "2026-09-01" }, "/to"],
  [{ doctor: "ana" }, "/doctor"],
])("the query %j is refused", async (query, pointer) => {
  const { status, body } = await desk.call("listSlots", {
    params: { profileId: desk.practice.profileId },
    query: { from: "2026-03-03", to: "2026-03-04", ...query },
  });
  expect(status).toBe(422);
  expect(body.errors).toMatchObject([{ in: "query", pointer }]);
});
