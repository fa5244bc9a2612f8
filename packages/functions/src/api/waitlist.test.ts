import { offerSlot, unlike } from "@turno/core/testing";
import { beforeAll, describe, expect, test } from "vitest";
import { aDesk, at, type Desk, startTestIssuer, TUESDAY } from "../testing/index.ts";

let desk: Desk;

beforeAll(async () => {
  desk = await aDesk();
});

const wish = (changes: Record<string, unknown> = {}) => ({
  profileId: desk.practice.profileId,
  serviceId: desk.consultation.serviceId,
  patientName: "Lucía Ramírez",
  patientPhone: "+525587654321",
  chiefComplaint: "Dolor de cabeza",
  from: TUESDAY,
  to: TUESDAY,
  ...changes,
});

/** Somebody of this name joins, and is offered a time. */
async function offered(wallTime: string, patientName: string, service = desk.consultation) {
  const body = wish({ patientName, serviceId: service.serviceId });
  const joined = await desk.call("joinWaitlist", { body });
  const { entryId, linkToken } = joined.body as { entryId: string; linkToken: string };
  const made = await offerSlot(desk.context, desk.practice, service, at(wallTime));
  if (made.outcome !== "offered") throw new Error(made.outcome);
  return { entryId, link: linkToken, offerId: made.offerId };
}

test("whoever waits gets a link to their place, which shows nothing to others", async () => {
  const joined = await desk.call("joinWaitlist", { body: wish() });
  expect(joined.status).toBe(201);
  const { entryId, linkToken } = joined.body as { entryId: string; linkToken: string };
  const params = { entryId };
  const seen = await desk.call("getWaitlistEntry", { as: linkToken, params });
  expect(seen.body).toMatchObject({ entryId, status: "waiting", chiefComplaint: "Dolor de cabeza" });
  expect((await desk.call("getWaitlistEntry", { params })).status).toBe(401);
  const other = await desk.call("joinWaitlist", { body: wish({ patientName: "Mateo Cruz" }) });
  const strange = await desk.call("getWaitlistEntry", { as: String(other.body.linkToken), params });
  expect(strange.status).toBe(404);
  expect((await desk.call("getMe", { as: linkToken })).body).toMatchObject({ entryId });
  await desk.call("leaveWaitlist", { as: linkToken, params });
  const params2 = { entryId: String(other.body.entryId) };
  expect(
    (await desk.call("leaveWaitlist", { as: String(other.body.linkToken), params: params2 })).status,
  ).toBe(204);
});

test("the same call twice is one entry, another one is refused", async () => {
  const body = wish({ patientName: "Sofía León" });
  const headers = { "idempotency-key": "k1" };
  const [first, second] = [
    await desk.call("joinWaitlist", { body, headers }),
    await desk.call("joinWaitlist", { body, headers }),
  ];
  expect(second.body).toEqual(first.body);
  const third = await desk.call("joinWaitlist", { body });
  expect([third.status, third.body.type]).toEqual([409, "urn:turno:problem:already-waiting"]);
  const entryId = String(first.body.entryId);
  await desk.call("leaveWaitlist", { as: String(first.body.linkToken), params: { entryId } });
});

test("what cannot be wished for is refused, all of it at once", async () => {
  const body = wish({ from: "2026-03-05", to: "2026-03-04", weekdays: [7], times: [] });
  const wrong = await desk.call("joinWaitlist", { body });
  expect([wrong.status, wrong.body.errors?.map(({ pointer }) => pointer)]).toEqual([
    422,
    ["/weekdays/0", "/times", "/to"],
  ]);
  const past = await desk.call("joinWaitlist", { body: wish({ from: "2026-02-01", to: "2026-02-02" }) });
  expect(past.body.errors).toMatchObject([{ pointer: "/to" }]);
  const unknown = wish({ serviceId: unlike(desk.consultation.serviceId) });
  expect((await desk.call("joinWaitlist", { body: unknown })).status).toBe(404);
});

describe("an offer", () => {
  test("that is accepted asks the doctor, where approval is needed", async () => {
    const { entryId, link, offerId } = await offered("09:00", "Ana Mora");
    const seen = await desk.call("getWaitlistEntry", { as: link, params: { entryId } });
    expect(seen.body.offer).toMatchObject({ offerId, slotId: desk.slot("09:00"), startTime: at("09:00") });
    const accepted = await desk.call("acceptOffer", { as: link, params: { offerId } });
    expect([accepted.status, accepted.body.status]).toEqual([201, "pending"]);
    const params = { requestId: String(accepted.body.requestId) };
    const request = await desk.call("getRequest", { as: String(accepted.body.linkToken), params });
    expect(request.body).toMatchObject({ status: "pending", chiefComplaint: "Dolor de cabeza" });
    // The link of the entry opens what it has become.
    expect((await desk.call("getRequest", { as: link, params })).status).toBe(200);
    expect((await desk.call("approveRequest", { as: "doctor", params, body: {} })).status).toBe(201);
  });

  test("that is accepted is booked, where none is needed, and then it has ended", async () => {
    const { link, offerId } = await offered("10:30", "Eva Ruiz", desk.checkup);
    const params = { offerId };
    const headers = { "idempotency-key": "k2" };
    const accepted = await desk.call("acceptOffer", { as: link, params, headers });
    expect([accepted.status, accepted.body.status]).toEqual([201, "confirmed"]);
    expect((await desk.call("acceptOffer", { as: link, params, headers })).body).toEqual(accepted.body);
    for (const route of ["acceptOffer", "declineOffer"] as const) {
      const again = await desk.call(route, { as: link, params });
      expect([again.status, again.body.type]).toEqual([409, "urn:turno:problem:offer-ended"]);
      expect(again.body.facts).toMatchObject({ status: "booked" });
    }
  });

  test("that is declined leaves the person waiting", async () => {
    const { entryId, link, offerId } = await offered("11:00", "Iris Vega");
    const declined = await desk.call("declineOffer", { as: link, params: { offerId } });
    expect([declined.status, declined.body]).toEqual([200, { entryId, status: "waiting" }]);
    const late = await desk.call("acceptOffer", { as: link, params: { offerId } });
    expect(late.body).toMatchObject({ status: 409, facts: { status: "waiting" } });
  });
});

test("the care team sees who waits, in order, and takes somebody off the list", async () => {
  const issuer = await startTestIssuer();
  desk = await aDesk(issuer);
  const params = { profileId: desk.practice.profileId };
  await desk.call("joinWaitlist", { body: wish() });
  const urgent = wish({ patientName: "Mateo Cruz", urgencyLevel: "urgent" });
  const { body } = await desk.call("joinWaitlist", { as: "nurse", body: urgent });
  const list = await desk.call("listWaitlist", { as: "nurse", params });
  const names = (answer: typeof list) =>
    (answer.body.items as { patientName: string }[]).map(({ patientName }) => patientName);
  expect(names(list)).toEqual(["Mateo Cruz", "Lucía Ramírez"]);
  expect(list.text).not.toMatch(/Dolor|\+52/);
  const first = await desk.call("listWaitlist", { as: "nurse", params, query: { limit: "1" } });
  const query = { limit: "1", cursor: String(first.body.nextCursor) };
  const second = await desk.call("listWaitlist", { as: "nurse", params, query });
  expect([...names(first), ...names(second)]).toEqual(names(list));
  expect((await desk.call("listWaitlist", { as: "colleague", params })).status).toBe(403);
  expect((await desk.call("listWaitlist", { as: "stranger", params })).status).toBe(404);
  expect((await desk.call("joinWaitlist", { as: "stranger", body: wish() })).status).toBe(404);
  const entry = { entryId: String(body.entryId) };
  expect((await desk.call("leaveWaitlist", { as: "colleague", params: entry })).status).toBe(403);
  expect((await desk.call("leaveWaitlist", { as: "doctor", params: entry })).status).toBe(204);
  expect(names(await desk.call("listWaitlist", { as: "nurse", params }))).toEqual(["Lucía Ramírez"]);
  await issuer.close();
});
