import { Prescription, Reservation } from "@turno/core/booking";
import { Profile } from "@turno/core/identity";
import type { Handlers } from "../../pipeline/handler.ts";

export const prescriptions = {
  async listPrescriptions({ context, actor, params }) {
    return { items: await Prescription.list(context, actor, params.reservationId) };
  },
  async createPrescription({ context, actor, params: { reservationId }, body, operation }) {
    const { profileId } = await Reservation.get(context, reservationId);
    const practice = await Profile.practice(context, profileId);
    return Prescription.issue(context, actor, practice, body, { reservationId, operation });
  },
  endPrescription: ({ context, actor, params: { prescriptionId }, body: { reason }, operation }) =>
    Prescription.end(context, actor, { prescriptionId, reason, operation }),
} satisfies Partial<Handlers<"booking">>;
