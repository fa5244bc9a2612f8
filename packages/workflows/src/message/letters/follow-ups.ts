import { FollowUp, Reservation } from "@turno/core/booking";
import type { Desk } from "../../desk.ts";
import { patientLink } from "../link.ts";
import { visitOf } from "../visit.ts";
import { toPatient, type Writer } from "./letter.ts";

/** After a visit, by the id of its reservation: with what its follow-up asks. */
export const followUps = {
  follow_up_24h: async (desk, reservationId) => {
    const asked = await asking(desk, reservationId, "24h");
    return asked && toPatient(asked.visit, "follow_up_24h", asked.variables);
  },
  follow_up_48h: async (desk, reservationId) => {
    const asked = await asking(desk, reservationId, "48h");
    return asked && toPatient(asked.visit, "follow_up_48h", asked.variables);
  },
  follow_up_1week: async (desk, reservationId) => {
    const asked = await asking(desk, reservationId, "1week");
    return asked && toPatient(asked.visit, "follow_up_1week", asked.variables);
  },
  follow_up_2weeks: async (desk, reservationId) => {
    const asked = await asking(desk, reservationId, "2weeks");
    return asked && toPatient(asked.visit, "follow_up_2weeks", asked.variables);
  },
} satisfies { readonly [Name in FollowUpTemplate]: Writer<Name> };

type FollowUpTemplate = "follow_up_24h" | "follow_up_48h" | "follow_up_1week" | "follow_up_2weeks";

async function asking(desk: Desk, reservationId: string, type: FollowUp.FollowUpType) {
  const questions = await FollowUp.questionsOf(desk.context, reservationId, type);
  if (!questions) return undefined;
  const visit = await visitOf(desk.context, await Reservation.get(desk.context, reservationId));
  const { doctorName, clinicName, clinicPhone } = visit.practice;
  const { patientName } = visit.appointment;
  const link = patientLink(desk, visit.appointment);
  return { visit, variables: { patientName, doctorName, clinicName, clinicPhone, questions, link } };
}
