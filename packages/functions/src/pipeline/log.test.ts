import { beforeAll, expect, test } from "vitest";
import { aDesk, asked, booked, type Desk, wishFor } from "../testing/index.ts";
import { redacted } from "./redaction.ts";

let desk: Desk;

beforeAll(async () => {
  desk = await aDesk();
});

test("a call is one line of ids, status and time", async () => {
  await desk.call("listRules", { as: "doctor", params: { profileId: desk.practice.profileId } });
  expect(desk.lines.at(-1)).toEqual({
    level: "info",
    message: "request",
    route: "listRules",
    status: 200,
    ms: expect.any(Number),
    requestId: "JKJaXmPLvHcESHA=",
    actor: "staff",
    organizationId: desk.practice.organizationId,
    profileId: desk.practice.profileId,
  });
});

test("a refusal is logged with its type", async () => {
  await desk.call("createRequest", { body: "{" });
  expect(desk.lines.at(-1)).toMatchObject({ level: "info", status: 400, failure: "malformed-json" });
});

test("no line tells of people", async () => {
  const { requestId, link } = await asked(desk, "09:00");
  await desk.call("getRequest", { as: link, params: { requestId } });
  await desk.call("rejectRequest", {
    as: "doctor",
    params: { requestId },
    body: { reason: "Fractura de fémur" },
  });
  const { reservationId } = await booked(desk, "09:20");
  await desk.call("createNote", {
    as: "doctor",
    params: { reservationId },
    body: { text: "Fractura de fémur" },
  });
  await desk.call("listPatients", { as: "doctor", query: { query: "+525587654321" } });
  await desk.call("createRequest", { body: wishFor(desk, "09:40", { patientPhone: "Lucía Ramírez" }) });
  const logged = JSON.stringify(desk.lines);
  for (const secret of ["Lucía", "Ramírez", "525587654321", "Dolor", "Fractura", link, "ana@"]) {
    expect(logged).not.toContain(secret);
  }
});

test("a line that should have held no people holds none", () => {
  const line = {
    route: "createRequest",
    patientName: "Lucía Ramírez",
    inner: [{ body: { symptoms: "tos" }, requestId: "req_1" }],
    detail: "call +525587654321 or lucia@example.org with lnk_abc.def-1 or eyJhbGci.eyJzdWIi.c2ln",
    count: 3,
    missing: undefined,
  };
  expect(redacted(line)).toEqual({
    route: "createRequest",
    patientName: "[redacted]",
    inner: [{ body: "[redacted]", requestId: "req_1" }],
    detail: "call [redacted] or [redacted] with [redacted] or [redacted]",
    count: 3,
    missing: undefined,
  });
});
