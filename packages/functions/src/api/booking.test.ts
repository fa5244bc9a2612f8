import { FollowUp } from "@turno/core/booking";
import { Profile } from "@turno/core/identity";
import { Outbox } from "@turno/core/platform";
import { meter } from "@turno/core/testing";
import { beforeAll, expect, test } from "vitest";
import { aDesk, asked, at, booked, type Desk, startTestIssuer, TUESDAY, wishFor } from "../testing/index.ts";

let desk: Desk;

beforeAll(async () => {
  desk = await aDesk();
});

test("whoever asks for a slot gets a link to what becomes of it", async () => {
  const created = await desk.call("createRequest", { body: wishFor(desk, "09:00") });
  expect([created.status, created.body.status]).toEqual([201, "pending"]);
  const { requestId, linkToken } = created.body as { requestId: string; linkToken: string };
  const seen = await desk.call("getRequest", { as: linkToken, params: { requestId } });
  expect(seen.body).toMatchObject({
    requestId,
    status: "pending",
    slotId: desk.slot("09:00"),
    requestedTime: at("09:00"),
    chiefComplaint: "Dolor de cabeza desde hace tres días",
  });
});

test("a service that needs no approval is booked at once", async () => {
  const { serviceId } = desk.checkup;
  const body = wishFor(desk, "09:00", { slotId: desk.slot("12:30", desk.checkup), serviceId });
  const { status, body: answer } = await desk.call("createRequest", { body });
  expect([status, answer.status]).toEqual([201, "confirmed"]);
  const params = { reservationId: String(answer.reservationId) };
  const seen = await desk.call("getReservation", { as: String(answer.linkToken), params });
  expect(seen.body).toMatchObject({ status: "confirmed", serviceId, appointmentTime: at("12:30") });
});

test("a slot is asked for with its own service", async () => {
  const body = wishFor(desk, "11:40", { serviceId: desk.checkup.serviceId });
  const { status, body: problem } = await desk.call("createRequest", { body });
  expect([status, problem.errors]).toMatchObject([422, [{ pointer: "/serviceId" }]]);
});

test("a profile that is not published takes requests from its staff alone", async () => {
  const issuer = await startTestIssuer();
  const quiet = await aDesk(issuer);
  const { profileId } = quiet.practice;
  const profile = await Profile.get(quiet.context, profileId);
  quiet.context.memory.forget(profileId);
  await quiet.context.memory.recall(profileId, async () => ({ ...profile, published: false }));
  const body = wishFor(quiet, "09:00");
  expect((await quiet.call("createRequest", { body })).status).toBe(404);
  expect((await quiet.call("createRequest", { body, as: "stranger" })).status).toBe(404);
  expect((await quiet.call("createRequest", { body, as: "nurse" })).status).toBe(201);
  await issuer.close();
});

test("a doctor finds the inbox by nearest expiry, approves, and finds the agenda", async () => {
  const { requestId } = await asked(desk, "09:20");
  const params = { profileId: desk.practice.profileId };
  const inbox = await desk.call("listRequests", { as: "doctor", params });
  expect(inbox.body.items).toContainEqual(expect.objectContaining({ requestId, status: "pending" }));
  expect(inbox.text).not.toContain("Dolor");
  const approved = await desk.call("approveRequest", { as: "doctor", params: { requestId } });
  const { reservationId } = approved.body as { reservationId: string };
  expect(approved.status).toBe(201);
  const days = { from: TUESDAY, to: TUESDAY };
  const agenda = await desk.call("listReservations", { as: "doctor", params, query: days });
  expect(agenda.body.items).toContainEqual(expect.objectContaining({ reservationId, status: "confirmed" }));
  const decided = await desk.call("listRequests", { as: "doctor", params, query: { status: "approved" } });
  expect(decided.body.items).toContainEqual(expect.objectContaining({ requestId, status: "approved" }));
});

test("what changes a request or a visit reads it once and writes once", async () => {
  const desk = await aDesk();
  const { requestId, link } = await asked(desk, "12:00");
  const doctor = { as: "doctor" } as const;
  // Who signs in is remembered from then on, as are clinic, profile and service.
  await desk.call("listRequests", { ...doctor, params: { profileId: desk.practice.profileId } });
  const used = meter(desk.context);
  const approved = await desk.call("approveRequest", { ...doctor, params: { requestId } });
  expect(used.take().roundTrips).toBe(2);
  const params = { reservationId: String(approved.body.reservationId) };
  const body = { slotId: desk.slot("12:20") };
  const moved = await desk.call("rescheduleReservation", { as: link, params, body });
  expect(used.take().roundTrips).toBe(2);
  desk.context.at(at("12:20"));
  const visit = { ...doctor, params: { reservationId: String(moved.body.reservationId) } };
  const completed = await desk.call("completeReservation", { ...visit, body: { followUpRequired: true } });
  expect([completed.status, used.take().roundTrips]).toEqual([200, 2]);
});

test("a doctor approves with another time", async () => {
  const { requestId, link } = await asked(desk, "09:40");
  const changes = { newSlotId: desk.slot("10:00"), notes: "Más tarde" };
  const approved = await desk.call("approveRequest", {
    as: "doctor",
    params: { requestId },
    body: { changes },
  });
  const params = { reservationId: String(approved.body.reservationId) };
  const seen = await desk.call("getReservation", { as: link, params });
  expect(seen.body).toMatchObject({ appointmentTime: at("10:00"), approvalNotes: "Más tarde" });
});

test("a request that is turned down, or taken back, frees its slot and is decided", async () => {
  const first = await asked(desk, "10:20");
  const params = { requestId: first.requestId };
  const reason = "Ese día no hay consulta";
  const rejected = await desk.call("rejectRequest", { as: "doctor", params, body: { reason } });
  expect(rejected.body).toEqual({ ...params, status: "rejected" });
  const second = await asked(desk, "10:20");
  const cancelled = await desk.call("cancelRequest", {
    as: second.link,
    params: { requestId: second.requestId },
  });
  expect(cancelled.body).toEqual({ requestId: second.requestId, status: "cancelled" });
  const late = await desk.call("approveRequest", { as: "doctor", params });
  expect([late.status, late.body.type, late.body.facts]).toEqual([
    409,
    "urn:turno:problem:already-decided",
    { ...params, status: "rejected" },
  ]);
});

test("a reason is told when a request is turned down", async () => {
  const { requestId } = await asked(desk, "10:40");
  expect((await desk.call("rejectRequest", { as: "doctor", params: { requestId } })).status).toBe(422);
});

test("the desk books for a patient, and sees the clinic's day", async () => {
  const { reservationId } = await booked(desk, "11:00");
  const day = { params: { slug: desk.slug }, query: { date: TUESDAY } };
  const seen = await desk.call("listClinicReservations", { as: "nurse", ...day });
  expect(seen.body.items).toContainEqual(expect.objectContaining({ reservationId }));
  const today = await desk.call("listClinicReservations", { as: "nurse", params: day.params });
  expect(today.body.items).toEqual([]);
  expect((await desk.call("listClinicReservations", { as: "stranger", ...day })).status).toBe(404);
});

test("staff of another clinic book nothing here", async () => {
  const { status } = await desk.call("createReservation", { as: "stranger", body: wishFor(desk, "11:20") });
  expect(status).toBe(404);
});

test("a patient cancels, and learns what is paid back", async () => {
  const early = await aDesk();
  const { reservationId, link } = await booked(early, "11:20");
  early.context.at("2026-03-02T12:00:00.000Z");
  const { body } = await early.call("cancelReservation", { as: link, params: { reservationId } });
  expect(body).toEqual({ reservationId, status: "cancelled", refundAmount: 60_000, currency: "MXN" });
  const again = await early.call("cancelReservation", { as: link, params: { reservationId } });
  expect([again.status, again.body.type]).toEqual([409, "urn:turno:problem:already-ended"]);
});

test("a patient does not cancel after the notice; the clinic does, and pays all back", async () => {
  const issuer = await startTestIssuer();
  const late = await aDesk(issuer);
  const { reservationId, link } = await booked(late, "11:20");
  late.context.at(at("08:00"));
  const params = { reservationId };
  const refused = await late.call("cancelReservation", { as: link, params });
  expect([refused.status, refused.body.type]).toEqual([409, "urn:turno:problem:too-late"]);
  const byClinic = await late.call("cancelReservation", { as: "doctor", params });
  expect(byClinic.body).toMatchObject({ status: "cancelled", refundAmount: 60_000 });
  await issuer.close();
});

test("a moved visit is a new reservation with a link of its own", async () => {
  const { reservationId, link } = await booked(desk, "11:20");
  const body = { slotId: desk.slot("11:40"), reason: "Prefiero más tarde" };
  const moved = await desk.call("rescheduleReservation", { as: link, params: { reservationId }, body });
  expect([moved.status, moved.body]).toMatchObject([
    201,
    { status: "confirmed", appointmentTime: at("11:40") },
  ]);
  expect(moved.body.reservationId).not.toBe(reservationId);
  const params = { reservationId: String(moved.body.reservationId) };
  const seen = await desk.call("getReservation", { as: String(moved.body.linkToken), params });
  expect(seen.body).toMatchObject({ status: "confirmed", rescheduledFrom: reservationId });
});

test("a visit is not over before it has begun", async () => {
  const { reservationId } = await booked(desk, "12:00");
  const params = { reservationId };
  for (const route of ["completeReservation", "markNoShow"] as const) {
    const { status, body } = await desk.call(route, { as: "doctor", params });
    expect([status, body.type]).toEqual([409, "urn:turno:problem:not-begun"]);
  }
});

test("a visit took place, or the patient did not come", async () => {
  const past = await aDesk();
  const [came, missed] = [await booked(past, "09:00"), await booked(past, "09:20")];
  past.context.at(at("10:00"));
  const completed = await past.call("completeReservation", {
    as: "doctor",
    params: { reservationId: came.reservationId },
    body: { followUpRequired: true, followUpType: "1week" },
  });
  expect(completed.body).toEqual({ reservationId: came.reservationId, status: "completed" });
  const params = { reservationId: missed.reservationId };
  expect((await past.call("markNoShow", { as: "doctor", params })).body).toEqual({
    ...params,
    status: "no_show",
  });
});

test("a reminder is asked for once with one key, and not of what has ended", async () => {
  const other = await aDesk();
  const { reservationId, link } = await booked(other, "09:00");
  const calling = { as: "nurse", params: { reservationId }, headers: { "idempotency-key": "r-1" } };
  expect((await other.call("remindReservation", calling)).status).toBe(202);
  expect((await other.call("remindReservation", calling)).status).toBe(202);
  const facts = await Outbox.waiting(other.context, 0);
  expect(facts.filter(({ events }) => events.includes("appointment/reminder"))).toHaveLength(1);
  expect((await other.call("remindReservation", { ...calling, as: "colleague" })).status).toBe(403);
  other.context.at("2026-03-02T12:00:00.000Z");
  await other.call("cancelReservation", { as: link, params: { reservationId } });
  const { status, body } = await other.call("remindReservation", { as: "nurse", params: { reservationId } });
  expect([status, body.type]).toEqual([409, "urn:turno:problem:already-ended"]);
});

test("notes are written and read by the care team alone", async () => {
  const desk = await aDesk();
  const { reservationId, link } = await booked(desk, "12:20");
  const params = { reservationId };
  const body = { text: "Presión 120/80" };
  const written = await desk.call("createNote", { as: "doctor", params, body });
  expect([written.status, written.body]).toMatchObject([201, { reservationId, type: "clinical", ...body }]);
  const read = await desk.call("listNotes", { as: "nurse", params });
  expect(read.body.items).toEqual([written.body]);
  expect((await desk.call("listNotes", { as: "colleague", params })).status).toBe(403);
  expect((await desk.call("listNotes", { as: "stranger", params })).status).toBe(404);
  expect((await desk.call("listNotes", { as: link, params })).status).toBe(401);
});

test("what a patient answered after a visit is read by the care team alone", async () => {
  const other = await aDesk();
  const { reservationId, link } = await booked(other, "12:20");
  const params = { reservationId };
  other.context.at("2026-03-03T19:00:00.000Z");
  await other.call("completeReservation", { as: "doctor", params, body: {} });
  const { context } = other;
  await FollowUp.ask(context, { reservationId, type: "24h", questions: ["¿Dormiste bien?"] });
  const answer = { reservationId, type: "24h", messageId: "m1", text: "Sí, gracias" } as const;
  await FollowUp.answer(context, { ...answer, at: context.now() });
  const read = await other.call("listFollowUps", { as: "nurse", params });
  expect(read.body.items).toEqual([
    {
      followUpType: "24h",
      askedAt: context.now(),
      questions: ["¿Dormiste bien?"],
      answers: [{ text: "Sí, gracias", answeredAt: context.now() }],
    },
  ]);
  expect((await other.call("listFollowUps", { as: "colleague", params })).status).toBe(403);
  expect((await other.call("listFollowUps", { as: "stranger", params })).status).toBe(404);
  expect((await other.call("listFollowUps", { as: link, params })).status).toBe(401);
});

test("an agenda lists what is to be reviewed alone", async () => {
  const desk = await aDesk();
  await booked(desk, "12:20");
  const { profileId } = desk.practice;
  const dates = { from: "2026-03-03", to: "2026-03-03" };
  const list = async (more: object) =>
    (
      await desk.call("listReservations", {
        as: "nurse",
        params: { profileId },
        query: { ...dates, ...more },
      })
    ).body.items;
  expect(await list({})).toMatchObject([{ toReview: false }]);
  expect(await list({ toReview: "true" })).toEqual([]);
});

test("a visit is kept in a calendar, without saying why", async () => {
  const desk = await aDesk();
  const { reservationId, link } = await booked(desk, "12:40");
  const params = { reservationId };
  const { status, headers, text } = await desk.call("getReservationCalendar", { as: link, params });
  expect([status, headers["content-type"]]).toEqual([200, "text/calendar; charset=utf-8"]);
  expect(text.split("\r\n")).toEqual(
    expect.arrayContaining([
      "METHOD:PUBLISH",
      `UID:${reservationId}@turno`,
      "DTSTART:20260303T184000Z",
      "DTEND:20260303T190000Z",
      "STATUS:CONFIRMED",
    ]),
  );
  expect(text).not.toMatch(/Dolor|Lucía/);
});

test("the calendar of a visit that was cancelled says so", async () => {
  const other = await aDesk();
  const { reservationId, link } = await booked(other, "12:40");
  const params = { reservationId };
  await other.call("cancelReservation", { as: link, params });
  const { text } = await other.call("getReservationCalendar", { as: link, params });
  expect(text).toContain("METHOD:CANCEL");
  expect(text).toContain("STATUS:CANCELLED");
});
