import { beforeAll, expect, test } from "vitest";
import { aDesk, asked, at, booked, type Desk, startTestIssuer, TUESDAY, wishFor } from "../testing/index.ts";

let desk: Desk;
let params: { profileId: string };

beforeAll(async () => {
  desk = await aDesk();
  params = { profileId: desk.practice.profileId };
});

const slotsOf = async (query: Record<string, string> = {}) => {
  const { body } = await desk.call("listSlots", { params, query: { from: TUESDAY, to: TUESDAY, ...query } });
  return (body.items ?? []) as { slotId: string; startTime: string; localStartTime: string }[];
};

const isListed = async (slotId: string) => (await slotsOf()).some((slot) => slot.slotId === slotId);

test("anybody sees what a profile offers, and nothing of how it is kept", async () => {
  const { body } = await desk.call("listServices", { params });
  const [service] = (body.items as Record<string, unknown>[]).filter(
    ({ name }) => name === "Consulta general",
  );
  expect(service).toMatchObject({ serviceId: desk.consultation.serviceId, price: 60_000, currency: "MXN" });
  expect(service).not.toHaveProperty("organizationId");
  expect(service).not.toHaveProperty("version");
});

test("a date means that day in the profile's zone, and as the end it is included", async () => {
  const slots = await slotsOf({ serviceId: desk.consultation.serviceId });
  expect(slots[0]).toMatchObject({ startTime: at("09:00"), localStartTime: "2026-03-03T09:00:00-06:00" });
  expect(slots.at(-1)).toMatchObject({ startTime: at("12:40") });
  expect(slots).toHaveLength(12);
});

test("an instant may carry any offset", async () => {
  const slots = await slotsOf({
    from: "2026-03-03T12:00:00-06:00",
    to: "2026-03-03T18:20:00Z",
    serviceId: desk.consultation.serviceId,
  });
  expect(slots.map(({ startTime }) => startTime)).toEqual([at("12:00")]);
});

test("local times may be shown in another zone", async () => {
  const [slot] = await slotsOf({ timezone: "Europe/Madrid" });
  expect(slot?.localStartTime).toBe("2026-03-03T16:00:00+01:00");
});

test("a service is offered, changed and withdrawn", async () => {
  const body = { name: "Vacuna", category: "general", duration: 10, price: 20_000 };
  const created = await desk.call("createService", { as: "doctor", params, body });
  const serviceId = String(created.body.serviceId);
  expect([created.status, created.body.currency, created.body.approval]).toEqual([201, "MXN", "required"]);
  const edited = await desk.call("editService", {
    as: "admin",
    params: { serviceId },
    body: { price: 25_000 },
  });
  expect([edited.status, edited.body.price]).toEqual([200, 25_000]);
  expect((await desk.call("removeService", { as: "doctor", params: { serviceId } })).status).toBe(204);
  const { body: listed } = await desk.call("listServices", { params });
  expect(listed.items).not.toContainEqual(expect.objectContaining({ serviceId }));
});

test("a slot of a service that is withdrawn is not booked", async () => {
  const body = { name: "Láser", category: "piel", duration: 20, price: 90_000 };
  const created = await desk.call("createService", { as: "doctor", params, body });
  const serviceId = String(created.body.serviceId);
  await desk.call("generateSlots", { as: "doctor", params, body: { from: TUESDAY, to: TUESDAY } });
  const [slot] = await slotsOf({ serviceId });
  await desk.call("removeService", { as: "doctor", params: { serviceId } });
  const wish = wishFor(desk, "09:00", { slotId: slot!.slotId, serviceId });
  const refused = await desk.call("createRequest", { body: wish });
  expect([refused.status, refused.body.errors]).toMatchObject([422, [{ pointer: "/serviceId" }]]);
});

test("weekly hours are added, changed and taken away", async () => {
  const body = { dayOfWeek: 6, startTime: "16:00", endTime: "18:00" };
  const created = await desk.call("createRule", { as: "doctor", params, body });
  const ruleId = String(created.body.ruleId);
  expect([created.status, created.headers.etag]).toEqual([201, '"1"']);
  const edited = await desk.call("editRule", {
    as: "doctor",
    params: { ruleId },
    body: { endTime: "19:00" },
  });
  expect(edited.body).toMatchObject({ startTime: "16:00", endTime: "19:00" });
  const wrong = await desk.call("editRule", { as: "doctor", params: { ruleId }, body: { endTime: "15:00" } });
  expect([wrong.status, wrong.body.errors]).toMatchObject([422, [{ pointer: "/endTime" }]]);
  expect((await desk.call("removeRule", { as: "doctor", params: { ruleId } })).status).toBe(204);
  expect((await desk.call("removeRule", { as: "doctor", params: { ruleId } })).status).toBe(404);
  const { body: listed } = await desk.call("listRules", { as: "nurse", params });
  expect(listed.items).toHaveLength(7);
});

test("a date is closed, and open again", async () => {
  const created = await desk.call("createException", { as: "doctor", params, body: { date: "2026-03-10" } });
  const { exceptionId } = created.body as { exceptionId: string };
  expect([created.status, created.body.windows]).toEqual([201, []]);
  const inMarch = { from: "2026-03-01", to: "2026-03-31" };
  const listed = await desk.call("listExceptions", { as: "nurse", params, query: inMarch });
  expect(listed.body.items).toMatchObject([{ exceptionId, date: "2026-03-10" }]);
  const inApril = await desk.call("listExceptions", { as: "nurse", params, query: { from: "2026-04-01" } });
  expect(inApril.body.items).toEqual([]);
  const removed = await desk.call("removeException", { as: "doctor", params: { ...params, exceptionId } });
  expect(removed.status).toBe(204);
  expect((await desk.call("listExceptions", { as: "nurse", params })).body.items).toEqual([]);
});

test("slots are made once", async () => {
  const body = { from: "2026-03-05", to: "2026-03-06" };
  const first = await desk.call("generateSlots", { as: "doctor", params, body });
  const again = await desk.call("generateSlots", { as: "doctor", params, body });
  expect(first.body).toMatchObject({ created: 40, kept: 0, removed: 0, conflicts: [] });
  expect(again.body).toMatchObject({ created: 0, kept: 40 });
});

test("a booked slot that the hours have no room for is named", async () => {
  const body = { from: "2026-03-12", to: "2026-03-12" };
  await desk.call("generateSlots", { as: "doctor", params, body });
  const query = { from: "2026-03-12", to: "2026-03-12", serviceId: desk.consultation.serviceId };
  const [slot] = await slotsOf(query);
  await desk.call("createReservation", {
    as: "nurse",
    body: wishFor(desk, "09:00", { slotId: slot!.slotId }),
  });
  await desk.call("createException", { as: "doctor", params, body: { date: "2026-03-12" } });
  const { body: made } = await desk.call("generateSlots", { as: "doctor", params, body });
  expect(made.conflicts).toEqual([{ slotId: slot!.slotId, startTime: slot!.startTime }]);
});

test("slots are made for 92 days at most", async () => {
  const body = { from: "2026-03-01", to: "2026-06-02" };
  expect((await desk.call("generateSlots", { as: "doctor", params, body })).status).toBe(422);
});

test("a closed slot is not offered, and an opened one is", async () => {
  const slotId = desk.slot("12:20");
  const closed = await desk.call("blockSlot", { as: "doctor", params: { slotId } });
  expect(closed.body).toEqual({ slotId, status: "blocked" });
  expect(await isListed(slotId)).toBe(false);
  const refused = await desk.call("createRequest", { body: wishFor(desk, "12:20") });
  expect([refused.status, refused.body.type]).toEqual([409, "urn:turno:problem:slot-blocked"]);
  const opened = await desk.call("unblockSlot", { as: "doctor", params: { slotId } });
  expect(opened.body).toEqual({ slotId, status: "available" });
  expect(await isListed(slotId)).toBe(true);
});

test("a booked slot is not closed", async () => {
  await booked(desk, "10:00");
  const { status, body } = await desk.call("blockSlot", {
    as: "doctor",
    params: { slotId: desk.slot("10:00") },
  });
  expect([status, body.type]).toEqual([409, "urn:turno:problem:slot-taken"]);
});

test("a slot whose hold has ended is closed, whether or not a job has run", async () => {
  const other = await aDesk();
  await asked(other, "12:00");
  other.context.pass({ hours: 25 });
  const { status } = await other.call("blockSlot", { as: "doctor", params: { slotId: other.slot("12:00") } });
  expect(status).toBe(200);
});

test("a colleague does not run another's calendar, and staff elsewhere do not see it", async () => {
  const slotId = desk.slot("11:00");
  const body = { from: TUESDAY, to: TUESDAY };
  const rule = { dayOfWeek: 6, startTime: "16:00", endTime: "18:00" };
  for (const [as, status] of [
    ["colleague", 403],
    ["stranger", 404],
  ] as const) {
    expect((await desk.call("blockSlot", { as, params: { slotId } })).status).toBe(status);
    expect((await desk.call("unblockSlot", { as, params: { slotId } })).status).toBe(status);
    expect((await desk.call("generateSlots", { as, params, body })).status).toBe(status);
    expect((await desk.call("createRule", { as, params, body: rule })).status).toBe(status);
  }
  expect((await desk.call("listRules", { as: "stranger", params })).status).toBe(404);
  expect((await desk.call("listExceptions", { as: "stranger", params })).status).toBe(404);
});

test("staff find what was withdrawn and offer it again; nobody else finds it", async () => {
  const issuer = await startTestIssuer();
  const clinic = await aDesk(issuer);
  const params = { profileId: clinic.practice.profileId };
  const { serviceId } = clinic.checkup;
  await clinic.call("removeService", { as: "doctor", params: { serviceId } });
  const query = { status: "inactive" };
  const found = await clinic.call("listServices", { as: "nurse", params, query });
  expect([found.status, found.body.items]).toMatchObject([200, [{ serviceId }]]);
  expect((await clinic.call("listServices", { params, query })).status).toBe(403);
  expect((await clinic.call("listServices", { as: "stranger", params, query })).status).toBe(404);
  await clinic.call("editService", { as: "doctor", params: { serviceId }, body: { active: true } });
  expect((await clinic.call("listServices", { as: "nurse", params, query })).body.items).toEqual([]);
  await issuer.close();
});

test("staff find the slots that were closed, by date", async () => {
  const clinic = await aDesk();
  const params = { profileId: clinic.practice.profileId };
  const slotId = clinic.slot("09:00");
  await clinic.call("blockSlot", { as: "doctor", params: { slotId } });
  const listed = (as: string, date: string) =>
    clinic.call("listBlockedSlots", { as, params, query: { from: date, to: date } });
  expect((await listed("nurse", TUESDAY)).body.items).toMatchObject([{ slotId, startTime: at("09:00") }]);
  expect((await listed("nurse", "2026-03-04")).body.items).toEqual([]);
  expect((await listed("stranger", TUESDAY)).status).toBe(404);
});
