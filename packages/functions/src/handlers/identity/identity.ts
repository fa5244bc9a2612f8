import { Timeline } from "@turno/core/booking";
import { Patient, Profile } from "@turno/core/identity";
import { idFrom } from "@turno/core/platform";
import type { Handlers } from "../../pipeline/handler.ts";

export const identity = {
  getClinic: ({ context, params }) => Profile.clinicPage(context, params.slug),
  getProfile: ({ context, params }) => Profile.published(context, params.profileId),
  async getMe({ actor }) {
    if (actor.kind === "staff") {
      return { ...actor, roles: [...actor.roles], careTeams: [...actor.careTeams] };
    }
    return {
      ...actor,
      requestId: idFrom("request", actor.appointmentId),
      entryId: idFrom("entry", actor.appointmentId),
      reservationId: idFrom("reservation", actor.appointmentId),
    };
  },
  listPatients: ({ context, actor, query }) => Patient.search(context, actor, query),
  getPatient: ({ context, actor, params }) => Patient.get(context, actor, params.patientId),
  editPatient: ({ context, actor, params, body, version }) =>
    Patient.edit(context, actor, params.patientId, body, version),
  getPatientTimeline: ({ context, actor, params, query }) =>
    Timeline.of(context, actor, params.patientId, query),
} satisfies Handlers<"identity">;
