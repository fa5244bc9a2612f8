import { Request, Reservation, Timeline } from "@turno/core/booking";
import { Organization, Patient, Profile } from "@turno/core/identity";
import { Contact, Conversation, type Delivery, Inbox, type Template } from "@turno/core/notifications";
import type { Context, Practice } from "@turno/core/platform";
import { Slot } from "@turno/core/scheduling";
import type { Desk } from "../../desk.ts";
import { refundFor } from "../../payments/visit.ts";
import { bookingLink, patientLink } from "../link.ts";
import { details, type Visit, visitOf } from "../visit.ts";
import { toPatient, type Writer } from "./letter.ts";

/**
 * Answers to what a patient wrote, on the channel that they wrote by. About a booking, with the message at the end of the
 * occasion; or about the message itself.
 */
export const replies = {
  reply_confirmed: async (desk, reservationId, occasion) => {
    const visit = await visitOf(desk.context, await Reservation.get(desk.context, reservationId));
    const { patientName, appointmentTime, clinicName } = details(visit);
    const { clinicAddress } = visit.practice;
    return answer(desk, visit, occasion, "reply_confirmed", {
      ...{ patientName, appointmentTime, clinicName, clinicAddress },
    });
  },

  reply_cancelled: async (desk, id, occasion) => {
    const booking = await bookingOf(desk.context, id);
    const visit = await visitOf(desk.context, booking);
    // Only a request expires, and nothing is asked for in advance of one.
    const refund = "expiresAt" in booking ? undefined : await refundFor(desk.context, booking);
    const { patientName, appointmentTime, clinicName } = details(visit);
    return answer(desk, visit, occasion, "reply_cancelled", {
      ...{ patientName, appointmentTime, clinicName },
      ...(refund && { refund }),
      link: bookingLink(desk, booking.profileId),
    });
  },

  reply_moved: async (desk, reservationId, occasion) => {
    const visit = await visitOf(desk.context, await Reservation.get(desk.context, reservationId));
    const { patientName, appointmentTime, clinicName } = details(visit);
    return answer(desk, visit, occasion, "reply_moved", {
      ...{ patientName, appointmentTime, clinicName },
      link: patientLink(desk, visit.appointment),
    });
  },

  reply_too_late: async (desk, id, occasion) => {
    const visit = await visitOf(desk.context, await bookingOf(desk.context, id));
    const { appointmentTime, clinicName } = details(visit);
    return answer(desk, visit, occasion, "reply_too_late", {
      ...{ appointmentTime, clinicName, clinicPhone: visit.practice.clinicPhone },
      link: patientLink(desk, visit.appointment),
    });
  },

  reply_choose_time: async (desk, reservationId, occasion) => {
    const visit = await visitOf(desk.context, await Reservation.get(desk.context, reservationId));
    const offer = await offerIn(desk, messageIn(occasion));
    if (offer?.kind !== "times") return undefined;
    const { patientName, clinicName } = details(visit);
    return answer(desk, visit, occasion, "reply_choose_time", {
      ...{ patientName, clinicName },
      times: offer.slotIds.map((slotId) => Slot.slotKeyOf(slotId).start),
      link: patientLink(desk, visit.appointment),
    });
  },

  reply_choose_booking: async (desk, messageId) => {
    const offer = await offerIn(desk, messageId);
    if (offer?.kind !== "bookings") return undefined;
    const person = await personOf(desk, messageId);
    const { organizationId, patientIds } = person.message;
    const upcoming = await Timeline.upcoming(desk.context, organizationId, patientIds);
    const bookings = offer.ids.map((id) => upcoming.find((booking) => booking.id === id));
    // One of them is not what it was when it was counted.
    if (!bookings.every((booking) => booking !== undefined)) return undefined;
    return toPerson(person, "reply_choose_booking", {
      patientName: person.name,
      clinicName: person.clinicName,
      wish: offer.wish,
      visits: bookings.map(({ start, serviceName }) => ({ at: start, text: serviceName })),
    });
  },

  reply_stopped: async (desk, messageId) => {
    const person = await personOf(desk, messageId);
    return toPerson(person, "reply_stopped", { clinicName: person.clinicName });
  },

  reply_started: async (desk, messageId) => {
    const person = await personOf(desk, messageId);
    return toPerson(person, "reply_started", { clinicName: person.clinicName });
  },

  reply_help: async (desk, messageId) => {
    const person = await personOf(desk, messageId);
    return toPerson(person, "reply_help", named(person));
  },

  reply_unclear: async (desk, messageId) => {
    const person = await personOf(desk, messageId);
    return toPerson(person, "reply_unclear", named(person));
  },

  reply_none: async (desk, messageId) => {
    const person = await personOf(desk, messageId);
    const link = bookingLink(desk, person.practice.profileId);
    return toPerson(person, "reply_none", { ...named(person), link });
  },
} satisfies { readonly [Name in ReplyName]: Writer<Name> };

type ReplyName = Extract<Template.TemplateName, `reply_${string}`>;

/** The id of the message that an answer about a booking answers. */
const messageIn = (occasion: string): string => occasion.split(":").at(-1)!;

async function answer<Name extends ReplyName>(
  { context }: Desk,
  visit: Visit,
  occasion: string,
  template: Name,
  variables: Template.VariablesOf<Name>,
): Promise<Delivery.Letter<Name>> {
  const { channel, from } = await Inbox.get(context, messageIn(occasion));
  return { ...toPatient(visit, template, variables), addresses: { phone: from }, via: channel };
}

const bookingOf = (context: Context, id: string): Promise<Request.Request | Reservation.Reservation> =>
  id.startsWith("req_") ? Request.get(context, id) : Reservation.get(context, id);

/** What was offered in answer to a message, while nothing else has been offered since. */
async function offerIn({ context }: Desk, messageId: string): Promise<Conversation.Offer | undefined> {
  const { organizationId, from } = await Inbox.get(context, messageId);
  const conversation = await Conversation.of(context, Contact.idOf(context, organizationId, from));
  return conversation?.messageId === messageId ? conversation.offer : undefined;
}

/** Whoever wrote, as far as the clinic knows them. */
interface Person {
  readonly message: Inbox.Message;
  readonly name: string;
  readonly language: Patient.Patient["language"];
  readonly practice: Practice;
  readonly clinicName: string;
}

async function personOf({ context }: Desk, messageId: string): Promise<Person> {
  const message = await Inbox.get(context, messageId);
  const { organizationId, from } = message;
  const [patient] = await Patient.byPhone(context, organizationId, from);
  const [profile] = await Profile.ofOrganization(context, organizationId);
  const practice = await Profile.practice(context, profile!.profileId);
  const { name: clinicName } = await Organization.get(context, organizationId);
  return {
    ...{ message, practice, clinicName },
    name: patient?.patientName ?? "",
    language: patient?.language ?? practice.doctorLanguage,
  };
}

/** The clinic, and where it is called. */
const named = ({ clinicName, practice: { clinicPhone } }: Person) => ({ clinicName, clinicPhone });

function toPerson<Name extends ReplyName>(
  { message, practice, language }: Person,
  template: Name,
  variables: Template.VariablesOf<Name>,
): Delivery.Letter<Name> {
  const { organizationId, patientIds, channel, from } = message;
  const [patientId] = patientIds;
  return {
    ...{ organizationId, profileId: practice.profileId, template, variables, language },
    ...(patientId && { patientId }),
    recipient: "patient",
    zone: practice.timezone,
    addresses: { phone: from },
    via: channel,
  };
}
