import { Link } from "@turno/core/identity";
import { plus } from "@turno/core/platform";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  aDesk,
  at,
  booked,
  type Desk,
  staff,
  startTestIssuer,
  type TestIssuer,
  wishFor,
} from "../testing/index.ts";

let issuer: TestIssuer;
let desk: Desk;

beforeAll(async () => {
  issuer = await startTestIssuer();
  desk = await aDesk(issuer);
});

afterAll(() => issuer.close());

const getMe = async (authorization?: string) => {
  const { status, body, headers } = await desk.call("getMe", {
    headers: authorization ? { authorization } : {},
  });
  return { status, body, challenge: headers["www-authenticate"] };
};

test("staff are who their address is a member as", async () => {
  const { status, body } = await desk.call("getMe", { as: "doctor" });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    kind: "staff",
    organizationId: desk.practice.organizationId,
    roles: ["doctor"],
    careTeams: [desk.practice.profileId],
  });
});

test("whoever says nothing is asked to sign in", async () => {
  expect(await getMe()).toMatchObject({
    status: 401,
    challenge: "Bearer",
    body: { type: "urn:turno:problem:unauthenticated" },
  });
});

test.each(["Basic YW5hOmFuYQ==", "Bearer", "Bearer a b"])("%j is no bearer token", async (authorization) => {
  expect((await getMe(authorization)).status).toBe(401);
});

test("a route for staff takes the claims that the gateway has checked, and nothing else", async () => {
  const token = await issuer.mint(staff.doctor);
  const { status } = await desk.call("listPatients", { headers: { authorization: `Bearer ${token}` } });
  expect(status).toBe(401);
  expect((await desk.call("listPatients", { as: "doctor" })).status).toBe(200);
});

test("an address that no clinic knows is nobody's", async () => {
  const token = await issuer.mint("nobody@example.org");
  expect(await getMe(`Bearer ${token}`)).toMatchObject({
    status: 403,
    body: { type: "urn:turno:problem:not-a-member" },
  });
});

test("an address that is not verified is nobody's", async () => {
  for (const claims of [{ email_verified: false }, { email_verified: undefined }]) {
    expect((await getMe(`Bearer ${await issuer.mint(staff.doctor, claims)}`)).status).toBe(403);
  }
  const claims = { email: staff.doctor, email_verified: "false" };
  expect((await desk.call("listPatients", { claims })).status).toBe(403);
});

test("a token without an address is nobody's", async () => {
  expect((await desk.call("listPatients", { claims: { sub: "1" } })).status).toBe(403);
});

test("a role that the route does not name is not enough", async () => {
  const { status, body } = await desk.call("blockSlot", {
    as: "nurse",
    params: { slotId: desk.slot("12:40") },
  });
  expect([status, body.type]).toEqual([403, "urn:turno:problem:forbidden"]);
});

test("a link opens its appointment and says whose it is", async () => {
  const { reservationId, link } = await booked(desk, "09:00");
  const { body } = await desk.call("getMe", { as: link });
  expect(body).toMatchObject({
    kind: "patient",
    reservationId,
    organizationId: desk.practice.organizationId,
  });
});

test("a link does not open another appointment", async () => {
  const [first, second] = [await booked(desk, "09:20"), await booked(desk, "09:40")];
  const other = await desk.call("getReservation", {
    as: first.link,
    params: { reservationId: second.reservationId },
  });
  expect([other.status, other.body.type]).toEqual([404, "urn:turno:problem:not-found"]);
});

test("a link that was not written here is not valid", async () => {
  expect(await getMe("Bearer lnk_WyJvcmciXQ.c2lnbmF0dXJl")).toMatchObject({
    status: 401,
    challenge: 'Bearer error="invalid_token"',
    body: { type: "urn:turno:problem:link-invalid" },
  });
});

test("a link ends some time after the visit", async () => {
  const end = plus(desk.context.now(), { days: -31 });
  const token = Link.write(desk.context, {
    organizationId: desk.practice.organizationId,
    appointmentId: desk.context.newUlid(),
    end,
  });
  expect((await getMe(`Bearer ${token}`)).body.type).toBe("urn:turno:problem:link-expired");
});

test("a public route does not look at credentials", async () => {
  const { status } = await desk.call("getHealth", { headers: { authorization: "Bearer nonsense" } });
  expect(status).toBe(200);
});

test("whoever asks for a slot with a token that does not hold is told so", async () => {
  const headers = { authorization: "Bearer a.b.c" };
  expect((await desk.call("createRequest", { body: wishFor(desk, "11:00"), headers })).status).toBe(401);
});

test("the holder of a link asks for another slot as anybody does", async () => {
  const { link } = await booked(desk, "10:00");
  desk.context.at(at("10:30"));
  const { body } = await desk.call("createRequest", { as: link, body: wishFor(desk, "11:20") });
  desk.context.at("2026-03-02T15:00:00.000Z");
  expect(body.type).toBe("urn:turno:problem:slot-too-soon");
});

test("on a stage without an issuer nobody signs in", async () => {
  const closed = await aDesk();
  const token = await issuer.mint(staff.doctor);
  expect((await closed.call("getMe", { headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
});
