import {
  type Actor,
  type Context,
  commit,
  idFrom,
  isRepeat,
  localDateOf,
  type Operation,
  Outbox,
  onceOnly,
  type Practice,
  type PracticeOf,
  requireParty,
} from "../../platform/index.ts";
import { Claim, Service } from "../../scheduling/index.ts";
import { bookedFields } from "../appointment/appointment.ts";
import { type Appointment, clinicalOf } from "../appointment/details.ts";
import { askedFields, askedFor } from "../request/asked.ts";
import * as RequestStore from "../request/request.store.ts";
import type { Request } from "../request/request.ts";
import * as ReservationStore from "../reservation/reservation.store.ts";
import type { Reservation } from "../reservation/reservation.ts";
import { claimOf, requireOffer } from "./end.ts";
import { factAbout } from "./fact.ts";
import { endOffer, get } from "./waitlist.store.ts";
import { type Entry, type Offer, offerKeyOf } from "./waitlist.ts";

/** What an accepted offer has become. */
export type Accepted =
  | { readonly reservation: Reservation; readonly request?: undefined }
  | { readonly request: Request; readonly reservation?: undefined };

interface Acceptance {
  readonly offerId: string;
  readonly operation: Operation;
}

/**
 * Takes the time that is offered: the hold passes on without a gap, and the ledger is not touched, since the booking
 * has the ULID of the entry.
 *
 * A service that needs no approval is booked at once, and so is whoever the care team put on the list. Who joined by
 * themselves for a service that needs approval has a pending request now: anybody may join, and a list that books
 * would be a way around the doctor's decision.
 *
 * A repeated operation answers as before. Throws `offer-ended`, `not-found`, `forbidden`.
 */
export async function accept(
  context: Context,
  actor: Actor,
  practiceOf: PracticeOf,
  { offerId, operation }: Acceptance,
): Promise<Accepted> {
  const { entryId } = offerKeyOf(offerId);
  const entry = await get(context, entryId);
  requireParty(actor, entry, "offer", offerId);
  const { appointmentId, profileId, serviceId } = entry;
  if (isRepeat(operation, entry.offerMark)) return acceptedAs(context, appointmentId);
  const offer = requireOffer(context, entry, offerId);
  const { approval } = await Service.get(context, profileId, serviceId);
  const practice = await practiceOf(context, profileId);
  const taking = { actor, practice, entry, offer, operation };
  return onceOnly(
    () => (approval === "instant" || entry.vouched ? taken(context, taking) : requested(context, taking)),
    () => acceptedAs(context, appointmentId),
  );
}

async function acceptedAs(context: Context, appointmentId: string): Promise<Accepted> {
  const request = await RequestStore.find(context, appointmentId);
  if (request) return { request };
  return { reservation: await ReservationStore.get(context, idFrom("reservation", appointmentId)) };
}

interface Taking {
  readonly actor: Actor;
  readonly practice: Practice;
  readonly entry: Entry;
  readonly offer: Offer;
  readonly operation: Operation;
}

/** The visit on the terms that it was offered on. */
export function appointmentFrom(practice: Practice, entry: Entry, offer: Offer): Appointment {
  const { organizationId, profileId, patientId, patientName, patientPhone, patientEmail } = entry;
  const { serviceName, start, end, bufferBefore, bufferAfter, group, price, currency } = offer;
  return {
    ...{
      appointmentId: entry.appointmentId,
      organizationId,
      profileId,
      patientId,
      patientName,
      patientPhone,
    },
    ...(patientEmail && { patientEmail }),
    ...{ language: entry.language, serviceId: entry.serviceId, serviceName },
    ...{ start, end, bufferBefore, bufferAfter, ...(group && { group }), price, currency },
    ...{ urgencyLevel: entry.urgencyLevel, source: entry.source, policy: practice.policy },
  };
}

async function taken(context: Context, taking: Taking): Promise<Accepted> {
  const { actor, practice, entry, offer, operation } = taking;
  const at = context.now();
  const reservation: Reservation = {
    ...appointmentFrom(practice, entry, offer),
    ...clinicalOf(entry),
    status: "confirmed",
    localDate: localDateOf(offer.start, practice.timezone),
    createdAt: at,
  };
  const held = claimOf(entry, offer);
  await commit(context, [
    ...endOffer(entry, offer, { to: "booked", when: "open", at, operation }),
    ...Claim.confirm(held, held),
    ReservationStore.insert(reservation, operation),
    Outbox.tell(context, actor, {
      organizationId: entry.organizationId,
      about: idFrom("entry", entry.appointmentId),
      events: ["waitlist/accepted", "reservation/created"],
      data: { ...factAbout(entry, offer), ...bookedFields(practice, reservation) },
    }),
  ]);
  return { reservation };
}

async function requested(context: Context, taking: Taking): Promise<Accepted> {
  const { actor, practice, entry, offer, operation } = taking;
  const at = context.now();
  const request = askedFor(appointmentFrom(practice, entry, offer), clinicalOf(entry), at);
  const told = Outbox.tell(context, actor, {
    organizationId: entry.organizationId,
    about: idFrom("entry", entry.appointmentId),
    events: ["waitlist/accepted", "reservation/request-created"],
    data: { ...factAbout(entry, offer), ...askedFields(request) },
  });
  await Claim.seated(context, {}, async () =>
    commit(context, [
      ...endOffer(entry, offer, { to: "booked", when: "open", at, operation }),
      await Claim.extend(context, claimOf(entry, offer), request.expiresAt),
      RequestStore.insert(request, operation),
      told,
    ]),
  );
  return { request };
}
