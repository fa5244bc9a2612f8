import { Prescription } from "@turno/core/booking";
import { Profile } from "@turno/core/identity";
import type { Handlers } from "../../pipeline/handler.ts";

export const prescriptions = {
  async listPrescriptions({ context, actor, params }) {
    return { items: await Prescription.list(context, actor, params.reservationId) };
  },
  createPrescription: ({ context, actor, params: { reservationId }, body, operation }) =>
    Prescription.issue(context, actor, Profile.practice, body, { reservationId, operation }),
  endPrescription: ({ context, actor, params: { prescriptionId }, body: { reason }, operation }) =>
    Prescription.end(context, actor, { prescriptionId, reason, operation }),
} satisfies Partial<Handlers<"booking">>;
