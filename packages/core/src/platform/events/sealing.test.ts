import { expect, test } from "vitest";
import { isSealed, keysFrom } from "../index.ts";
import { catalogue } from "./catalogue.ts";
import { outgoing } from "./outgoing.ts";

const keys = keysFrom(new Uint8Array(32).fill(7));
const FACT = "01JDWXR3M8Q6V9T2KZB4N7HC5E";

const people =
  /^(patient(Name|Phone|Email)|doctorPhone|chiefComplaint|symptoms|medicalHistory|currentMedications)$/;
// Of a provider's ids nothing here is matched by, and WhatsApp's are built of phones.
const matched = /(?<!^providerMessage)Id$|At$|Time$|Date$|Level$|^timezone$|^events?$/;

test.each(Object.entries(catalogue))(
  "%s seals people and nothing that is matched",
  (_, { schema, sealed }) => {
    const fields = Object.keys(schema.shape);
    const names = sealed.map((path) => path.join("."));
    expect(names).toEqual(expect.arrayContaining(fields.filter((field) => people.test(field))));
    expect(names.filter((name) => matched.test(name))).toEqual([]);
  },
);

test("what a doctor writes to the patient is sealed inside the changes, which stay readable", () => {
  const changes = { newTime: "2026-03-03T15:00:00.000Z", notes: "Trae tus estudios" };
  const ids = { reservationId: "res_1", profileId: "prf_1", requestId: "req_1" };
  const { data } = outgoing(keys, "reservation/approved", FACT, "2026-03-02T15:00:00.000Z", {
    ...{ ...ids, approvedBy: "mem_1", approvedAt: "2026-03-02T15:00:00.000Z", changes },
  });
  expect(data).toMatchObject({ ...ids, changes: { newTime: changes.newTime } });
  expect(isSealed((data.changes as typeof changes).notes)).toBe(true);
  expect(catalogue["reservation/approved"].wire.parse(data)).toEqual(data);
});

test("what leaves the table can be matched by its ids and read by nobody", () => {
  const { data } = outgoing(keys, "reservation/request-expired", FACT, "2026-03-02T15:00:00.000Z", {
    requestId: "req_1",
    slotId: "slt_1",
    profileId: "prf_1",
    patientName: "Lucía Ramírez",
    patientPhone: "+525587654321",
    doctorId: "prf_1",
    doctorPhone: "+525511112222",
  });
  const { patientName, patientPhone, doctorPhone, ...open } = data;
  expect(open).toEqual({ requestId: "req_1", slotId: "slt_1", profileId: "prf_1", doctorId: "prf_1" });
  expect([patientName, patientPhone, doctorPhone].every((field) => isSealed(String(field)))).toBe(true);
});
