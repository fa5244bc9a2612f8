import { Appointment, FollowUp, Request, Reservation, Waitlist } from "@turno/core/booking";
import { Profile } from "@turno/core/identity";
import { Contact, Conversation, Inbox } from "@turno/core/notifications";
import {
  type Context,
  formsOf,
  idFrom,
  type Operation,
  operationOf,
  type PatientLink,
  Refusal,
  ulidIn,
} from "@turno/core/platform";
import { Listing } from "@turno/core/scheduling";
import type { Plan, Wish } from "./meaning.ts";

/**
 * What came of a wish. `again`: the time is gone, and others are to be offered; `ended`: the booking is not what it was,
 * and a person has to look.
 */
export type Outcome = { readonly outcome: "done" | "too-late" | "again" | "ended"; readonly id: string };

const GONE = new Set([
  "slot-taken",
  "slot-blocked",
  "slot-past",
  "slot-too-soon",
  "slot-too-far",
  "invalid",
  "not-found",
]);

/** A refusal of the domain as an answer. Throws every other error. */
function outcomeOf(id: string, error: unknown): Outcome {
  if (!(error instanceof Refusal)) throw error;
  if (error.type === "too-late") return { outcome: "too-late", id };
  if (["already-ended", "already-decided", "offer-ended"].includes(error.type))
    return { outcome: "ended", id };
  if (GONE.has(error.type)) return { outcome: "again", id };
  throw error;
}

async function outcome(id: string, act: () => Promise<string>): Promise<Outcome> {
  try {
    return { outcome: "done", id: await act() };
  } catch (error) {
    return outcomeOf(id, error);
  }
}

/** The patient of an appointment, who wrote from the phone that it was booked with. */
async function patientOf(context: Context, messageId: string, id: string): Promise<PatientLink> {
  const { organizationId } = await Inbox.get(context, messageId);
  return { kind: "patient", organizationId, appointmentId: ulidIn(id) };
}

/** One message does one thing, however often it is acted on. */
const operationFor = (context: Context, messageId: string, body: object): Operation =>
  operationOf(context, "patient-reply", messageId, body);

export const confirm = (context: Context, messageId: string, id: string): Promise<Outcome> =>
  outcome(id, async () => {
    await Reservation.confirmAttendance(context, await patientOf(context, messageId, id), id);
    return id;
  });

export const cancel = (context: Context, messageId: string, id: string): Promise<Outcome> =>
  outcome(id, async () => {
    const patient = await patientOf(context, messageId, id);
    const operation = operationFor(context, messageId, { cancel: id });
    if (id.startsWith("req_")) await Request.cancel(context, patient, { requestId: id, operation });
    else if (await isCancelled(context, id)) return id;
    else await Reservation.cancel(context, patient, { reservationId: id, toldInReply: true, operation });
    return id;
  });

/** Who takes back what is taken back already has what they want. */
async function isCancelled(context: Context, reservationId: string): Promise<boolean> {
  return (await Reservation.get(context, reservationId)).status === "cancelled";
}

/** Moves a visit to the time that was chosen. The outcome names the moved visit. */
export const move = (
  context: Context,
  messageId: string,
  { id, slotId, offeredIn }: Extract<Plan, { kind: "move" }>,
): Promise<Outcome> =>
  outcome(id, async () => {
    const patient = await patientOf(context, messageId, id);
    const operation = operationFor(context, messageId, { move: id, slotId });
    const moved = await Reservation.reschedule(context, patient, Profile.practice, {
      ...{ reservationId: id, slotId, toldInReply: true, operation },
    });
    const contactId = Contact.idOf(context, moved.organizationId, moved.patientPhone);
    await Conversation.end(context, contactId, offeredIn);
    return idFrom("reservation", moved.appointmentId);
  });

const TIMES = 3;

/** Offers the next free times of the same service and doctor, to be chosen from by number. */
export const offerTimes = (context: Context, messageId: string, id: string): Promise<Outcome> =>
  outcome(id, async () => {
    const { organizationId, from } = await Inbox.get(context, messageId);
    const reservation = await Reservation.get(context, id);
    const { status, movedTo, profileId, serviceId, start } = reservation;
    if (status !== "confirmed") throw new Reservation.AlreadyEnded(id, status, movedTo);
    if (!Appointment.mayStillMove(reservation, context.now())) throw new Refusal("too-late", "Too late.");
    const practice = await Profile.practice(context, profileId);
    const window = Listing.bookingWindow(practice, context.now());
    const { items } = await Listing.list(context, practice, {
      ...{ from: window.start, to: window.end, serviceId, limit: TIMES + 1 },
    });
    const slotIds = items.filter(({ startTime }) => startTime !== start).map(({ slotId }) => slotId);
    if (slotIds.length === 0) throw new Refusal("slot-taken", "There is no free time.");
    await Conversation.offer(context, Contact.idOf(context, organizationId, from), {
      messageId,
      offer: { kind: "times", reservationId: id, slotIds: slotIds.slice(0, TIMES) },
    });
    return id;
  });

/** Lets the patient say by number which of their bookings they mean. */
export async function offerBookings(
  context: Context,
  messageId: string,
  { wish, ids }: { readonly wish: Wish; readonly ids: readonly string[] },
): Promise<void> {
  const { organizationId, from } = await Inbox.get(context, messageId);
  await Conversation.offer(context, Contact.idOf(context, organizationId, from), {
    messageId,
    offer: { kind: "bookings", wish, ids },
  });
}

/** Takes a time of the waiting list, or lets it pass to the next. */
export const answerOffer = (
  context: Context,
  messageId: string,
  { kind, id: offerId }: { readonly kind: "accept-offer" | "decline-offer"; readonly id: string },
): Promise<Outcome> =>
  outcome(offerId, async () => {
    const { entryId } = Waitlist.offerKeyOf(offerId);
    const entry = await Waitlist.get(context, entryId);
    const { from } = await Inbox.get(context, messageId);
    if (!formsOf(entry.patientPhone).includes(from)) throw new Waitlist.OfferEnded(entryId, entry.status);
    const patient = await patientOf(context, messageId, entryId);
    const operation = operationFor(context, messageId, { [kind]: offerId });
    if (kind === "decline-offer") {
      await Waitlist.decline(context, patient, { offerId, operation });
      return offerId;
    }
    await Waitlist.accept(context, patient, Profile.practice, { offerId, operation });
    return offerId;
  });

/** Keeps what a patient wrote as the answer to the questions after their visit. */
export async function keepAnswer(
  context: Context,
  messageId: string,
  { id: reservationId, followUp: type }: Extract<Plan, { kind: "answer" }>,
): Promise<void> {
  const { text, receivedAt: at } = await Inbox.get(context, messageId);
  await FollowUp.answer(context, { reservationId, type, messageId, text, at });
}

/** Heeds who wants no more messages, or wants them again. */
export async function heed(context: Context, messageId: string, kind: "stop" | "start"): Promise<void> {
  const { organizationId, from: phone, receivedAt: at } = await Inbox.get(context, messageId);
  await Contact[kind](context, { organizationId, phone, at });
}

/** Puts a message before a person. Says whether its sender is to be told so: once a day. */
export async function handOver(
  context: Context,
  messageId: string,
  reason: Inbox.InboxReason,
): Promise<{ isTold: boolean }> {
  const message = await Inbox.get(context, messageId);
  await Inbox.open(context, message, reason);
  const contactId = Contact.idOf(context, message.organizationId, message.from);
  return { isTold: await Conversation.reassures(context, contactId, messageId) };
}
