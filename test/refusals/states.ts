import { Slot } from "@turno/core/scheduling";
import type { Cases, Refused, Scene } from "./scene.ts";

/** What was asked for cannot be, as things stand. */
export function wrongState(scene: Scene): Cases {
  const { wish, profileId, serviceId, decided, cancelled, tokens, slotId, gone } = scene;
  const request = `/v1/requests/${decided.requestId}`;
  const reservation = `/v1/reservations/${decided.reservationId}`;
  const ask = (wallTime: string) => ({ method: "POST", path: "/v1/requests", body: wish(wallTime) }) as const;
  const post = (
    path: string,
    because: Refused["because"],
    body: object = {},
    token = tokens.doctor,
  ): Refused => ({
    ...{ method: "POST", path, because, body, token },
  });
  const unknown = Slot.slotIdOf({ profileId, serviceId, start: "2040-03-06T18:05:00.000Z" });
  const edit = { method: "PATCH", because: "stale", token: tokens.doctor } as const;

  return {
    "asking for a time that is taken": {
      ...{ ...ask("2040-03-06T12:00"), because: "slot-taken", facts: { slotId: slotId("2040-03-06T12:00") } },
    },
    "asking for a time that is closed": { ...ask("2040-03-06T13:20"), because: "slot-blocked" },
    "asking for a time that has passed": { ...ask("2040-03-06T08:00"), because: "slot-past" },
    "asking for a time that is too near": { ...ask("2040-03-06T09:00"), because: "slot-too-soon" },
    "asking for a time that is too far": { ...ask("2040-03-12T09:00"), because: "slot-too-far" },
    "asking for a time that there is not": {
      ...{
        ...ask("2040-03-06T12:00"),
        because: "not-found",
        body: { ...wish("2040-03-06T12:00"), slotId: unknown },
      },
    },
    "booking a time that has passed": post("/v1/reservations", "slot-past", wish("2040-03-06T08:00")),
    "booking a time that is taken": post("/v1/reservations", "slot-taken", wish("2040-03-06T12:00")),
    "approving what is approved": {
      ...post(`${request}/approve`, "already-decided"),
      facts: { requestId: decided.requestId, status: "approved" },
    },
    "rejecting what is approved": post(`${request}/reject`, "already-decided", { reason: "No" }),
    "taking back what is approved": post(`${request}/cancel`, "already-decided", {}, decided.linkToken),
    "approving to a time that is taken": post(
      ...([`/v1/requests/${scene.pending.requestId}/approve`, "slot-taken"] as const),
      { changes: { newSlotId: slotId("2040-03-06T12:20") } },
    ),
    "cancelling too late": post(`${reservation}/cancel`, "too-late", {}, decided.linkToken),
    "moving too late": post(
      ...([
        `${reservation}/reschedule`,
        "too-late",
        { slotId: slotId("2040-03-07T12:00") },
        decided.linkToken,
      ] as const),
    ),
    "moving to a time that is taken": post(`${reservation}/reschedule`, "slot-taken", {
      slotId: slotId("2040-03-06T12:00"),
    }),
    "retrying a run that did not fail": post(
      ...([`/v1/workflows/runs/${scene.runs.completed}/retry`, "run-not-failed", {}, tokens.admin] as const),
    ),
    "retrying a run twice": post(
      ...([`/v1/workflows/runs/${scene.runs.retried}/retry`, "already-retried", {}, tokens.admin] as const),
    ),
    "completing what has not begun": post(`${reservation}/complete`, "not-begun"),
    "missing what has not begun": post(`${reservation}/no-show`, "not-begun"),
    "cancelling what is cancelled": {
      ...post(`/v1/reservations/${cancelled}/cancel`, "already-ended"),
      facts: { reservationId: cancelled, status: "cancelled" },
    },
    "moving what is cancelled": post(`/v1/reservations/${cancelled}/reschedule`, "already-ended", {
      slotId: slotId("2040-03-06T15:00"),
    }),
    "completing what is cancelled": post(`/v1/reservations/${cancelled}/complete`, "already-ended"),
    "ending a prescription that has ended": {
      ...post(`/v1/prescriptions/${scene.endedPrescription}/end`, "prescription-ended", { reason: "No" }),
      facts: { prescriptionId: scene.endedPrescription },
    },
    "waiting twice for the same": {
      ...{ method: "POST", path: "/v1/waitlist", because: "already-waiting" },
      body: scene.seek("Lucía Ramírez"),
    },
    "accepting an offer of somebody who has left": {
      ...post(`/v1/waitlist-offers/${gone.entryId.replace("wte_", "ofr_")}136DT8/accept`, "offer-ended"),
      facts: { entryId: gone.entryId, status: "left" },
    },
    "reminding of what is cancelled": post(`/v1/reservations/${cancelled}/remind`, "already-ended"),
    "blocking a time that is taken": post(`/v1/slots/${slotId("2040-03-06T12:00")}/block`, "slot-taken"),
    "editing a service that has changed": {
      ...{ ...edit, path: `/v1/services/${serviceId}`, headers: { "if-match": '"7"' }, body: { price: 1 } },
    },
    "editing hours that have changed": {
      ...{ ...edit, path: `/v1/availability-rules/${scene.ids.ruleId}`, headers: { "if-match": '"7"' } },
      body: { endTime: "19:00" },
    },
    "editing a patient's record that has changed": {
      ...{ ...edit, path: `/v1/patients/${scene.ids.patientId}`, headers: { "if-match": '"7"' } },
      body: { patientEmail: null },
    },
    "editing by a tag that is none of ours": {
      ...{ ...edit, path: `/v1/services/${serviceId}`, headers: { "if-match": 'W/"1"' }, body: { price: 1 } },
    },
  };
}
