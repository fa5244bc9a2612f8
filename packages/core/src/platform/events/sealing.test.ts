import { expect, test } from "vitest";
import { isSealed, keysFrom } from "../index.ts";
import { catalogue } from "./catalogue.ts";
import { outgoing } from "./outgoing.ts";

const people =
  /^(patient(Name|Phone|Email)|doctorPhone|chiefComplaint|symptoms|medicalHistory|currentMedications)$/;
const matched = /Id$|At$|Time$|Date$|Level$|^timezone$|^events?$/;

test.each(Object.entries(catalogue))(
  "%s seals people and nothing that is matched",
  (_, { schema, sealed }) => {
    const fields = Object.keys(schema.shape);
    expect(sealed).toEqual(expect.arrayContaining(fields.filter((field) => people.test(field))));
    expect(sealed.filter((field) => matched.test(field))).toEqual([]);
  },
);

test("what leaves the table can be matched by its ids and read by nobody", () => {
  const { data } = outgoing(
    keysFrom(new Uint8Array(32).fill(7)),
    "reservation/request-expired",
    "01JDWXR3M8Q6V9T2KZB4N7HC5E",
    "2026-03-02T15:00:00.000Z",
    {
      requestId: "req_1",
      slotId: "slt_1",
      profileId: "prf_1",
      patientName: "Lucía Ramírez",
      patientPhone: "+525587654321",
      doctorId: "prf_1",
      doctorPhone: "+525511112222",
    },
  );
  const { patientName, patientPhone, doctorPhone, ...open } = data;
  expect(open).toEqual({ requestId: "req_1", slotId: "slt_1", profileId: "prf_1", doctorId: "prf_1" });
  expect([patientName, patientPhone, doctorPhone].every((field) => isSealed(String(field)))).toBe(true);
});
