import { Request, Reservation } from "@turno/core/booking";
import { Organization, Patient } from "@turno/core/identity";
import { Preference } from "@turno/core/notifications";
import { type Actor, type Context, Forbidden, idFrom, NotFound } from "@turno/core/platform";
import type { Handlers } from "../../pipeline/handler.ts";

export const preferences = {
  async getPatientPreferences({ context, actor, params: { patientId } }) {
    return Preference.view(context, actor, await Patient.get(context, actor, patientId));
  },
  async editPatientPreferences({ context, actor, params: { patientId }, body, version }) {
    return Preference.edit(context, actor, await Patient.get(context, actor, patientId), body, version);
  },
  async getPreferences({ context, actor }) {
    return Preference.view(context, actor, await holder(context, actor));
  },
  async editPreferences({ context, actor, body, version }) {
    return Preference.edit(context, actor, await holder(context, actor), body, version);
  },
  async getPushKey({ context, actor, runtime: { pushKey } }) {
    const { organizationId } = await holder(context, actor);
    const { messaging } = await Organization.get(context, organizationId);
    if (!pushKey || !messaging?.push) throw new NotFound("push-key", organizationId);
    return { publicKey: pushKey };
  },
} satisfies Partial<Handlers<"notifications">>;

/** Whose link it is: the patient of its appointment, which is a request until it is booked. */
async function holder(context: Context, actor: Actor): Promise<Request.Request | Reservation.Reservation> {
  if (actor.kind !== "patient") throw new Forbidden("This needs a patient's link.");
  try {
    return await Reservation.get(context, idFrom("reservation", actor.appointmentId));
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    return Request.get(context, idFrom("request", actor.appointmentId));
  }
}
