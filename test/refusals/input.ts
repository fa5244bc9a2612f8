import type { Cases, Refused, Scene } from "./scene.ts";

/** What is wrong with what was sent. */
export function wrongInput({ wish, slotId, serviceId, profileId, pending, replayed, tokens }: Scene): Cases {
  const good = wish("2040-03-06T15:00");
  const ask = { method: "POST", path: "/v1/requests", because: "invalid" } as const;
  const asking = (body: object, ...pointers: string[]): Refused => ({ ...ask, body, pointers });
  const json = { "content-type": "application/json" };
  const slots = (query: string, ...pointers: string[]): Refused => ({
    ...{ method: "GET", path: `/v1/profiles/${profileId}/slots?${query}`, because: "invalid", pointers },
  });
  const week = "from=2040-03-06&to=2040-03-08";
  const large = JSON.stringify({ ...good, symptoms: "x".repeat(256 * 1024) });

  return {
    "a body that is not JSON": { ...ask, because: "malformed-json", headers: json, body: '{"slotId": ' },
    "a body that is no object": { ...ask, headers: json, body: '"hola"', pointers: [""] },
    "bytes that are no text": {
      ...ask,
      because: "malformed-json",
      headers: json,
      body: Buffer.from([0xff, 0xfe]),
    },
    "a body over 256 KB": { ...ask, because: "too-large", headers: json, body: large },
    "a body that says to be a form": {
      ...{ ...ask, because: "unsupported-media-type" },
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "slotId=1",
    },
    "a body that does not say what it is": {
      ...ask,
      because: "unsupported-media-type",
      body: JSON.stringify(good),
    },
    "a field of another type": asking({ ...good, patientName: 7 }, "/patientName"),
    "a field that nobody knows": asking({ ...good, organizationId: "org_1" }, "/organizationId"),
    "a field that is too long": asking({ ...good, chiefComplaint: "x".repeat(501) }, "/chiefComplaint"),
    "a field that is missing": asking(
      { slotId: good.slotId, serviceId, patientName: "Lucía" },
      "/patientPhone",
    ),
    "a phone that is none": asking({ ...good, patientPhone: "555 1234" }, "/patientPhone"),
    "everything that is wrong at once": asking(
      { ...good, patientName: "", urgencyLevel: "now", source: 1 },
      "/patientName",
      "/urgencyLevel",
      "/source",
    ),
    "a slot id that is none": asking({ ...good, slotId: "slt_1" }, "/slotId"),
    "a service that the slot is not for": asking(
      { ...good, serviceId: "svc_01JDWXR3M8Q6V9T2KZB4N7HC5F" },
      "/serviceId",
    ),
    "an id of another kind": {
      ...{ method: "GET", path: `/v1/requests/${profileId}`, token: tokens.doctor, because: "invalid" },
      pointers: ["/requestId"],
    },
    "a change of length that is no whole grain": {
      ...{ method: "POST", path: `/v1/requests/${pending.requestId}/approve`, because: "invalid" },
      ...{
        token: tokens.doctor,
        body: { changes: { durationChange: 7 } },
        pointers: ["/changes/durationChange"],
      },
    },
    "a move to a slot of another calendar": {
      ...{ method: "POST", path: `/v1/requests/${pending.requestId}/approve`, because: "invalid" },
      token: tokens.doctor,
      body: {
        changes: {
          newSlotId: slotId("2040-03-06T15:00").replace(profileId.slice(4), pending.requestId.slice(4)),
        },
      },
      pointers: ["/changes/newSlotId"],
    },
    "a query without what it needs": slots("from=2040-03-06", "/to"),
    "a query with a field that nobody knows": slots(`${week}&doctor=ana`, "/doctor"),
    "a query that goes backwards": slots("from=2040-03-08&to=2040-03-06", "/to"),
    "a query for too long a time": slots("from=2040-03-06&to=2040-06-06", "/to"),
    "a limit that is no number": slots(`${week}&limit=many`, "/limit"),
    "a zone that there is not": slots(`${week}&timezone=America/Atlantis`, "/timezone"),
    "a cursor that was not handed out": slots(`${week}&cursor=323034302d`, "/cursor"),
    "an idempotency key with spaces": {
      ...{ ...ask, body: good, headers: { "idempotency-key": "a b" }, pointers: ["/Idempotency-Key"] },
    },
    "a key that was used with another body": {
      ...{ ...ask, because: "idempotency-key-reused", headers: { "idempotency-key": replayed.key } },
      body: { ...replayed.body, patientName: "Otra Persona" },
    },
    "a key that was used for another slot": {
      ...{ ...ask, because: "idempotency-key-reused", headers: { "idempotency-key": replayed.key } },
      body: { ...replayed.body, slotId: good.slotId },
    },
  };
}
