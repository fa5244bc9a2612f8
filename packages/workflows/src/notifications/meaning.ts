import { FollowUp, Request, Reservation, Timeline } from "@turno/core/booking";
import { Patient } from "@turno/core/identity";
import { Contact, Conversation, Inbox, Reply } from "@turno/core/notifications";
import { type Context, formsOf, idFrom, NotFound } from "@turno/core/platform";

/** What a patient may want of a booking. */
export type Wish = "confirm" | "cancel" | "reschedule";

/** What is done about a message, by ids alone. */
export type Plan =
  | { readonly kind: "stop" | "start" | "help" | "none" }
  /** `id` is that of a reservation, or of a request that is still open. */
  | { readonly kind: Wish; readonly id: string }
  | { readonly kind: "move"; readonly id: string; readonly slotId: string; readonly offeredIn: string }
  | { readonly kind: "choose"; readonly wish: Wish; readonly ids: readonly string[] }
  | { readonly kind: "accept-offer" | "decline-offer"; readonly id: string }
  | { readonly kind: "answer"; readonly id: string; readonly followUp: FollowUp.Open["type"] }
  /** A person has to read it. */
  | { readonly kind: "read"; readonly reason: Inbox.InboxReason };

/** Whatever they answer, these mean the same. */
const isPlain = (kind: Reply.Meaning["kind"]): kind is "stop" | "start" | "help" =>
  kind === "stop" || kind === "start" || kind === "help";

/** Whether what is done may be another thing once it is known which message of ours somebody answers. */
export function mayDependOnQuote({ text, attachment }: Inbox.Message): boolean {
  const { kind } = Reply.understand(text);
  return !isPlain(kind) && kind !== "choice" && attachment === undefined;
}

/**
 * What somebody wrote, as this clinic has to take it: what it answers counts before what else they may mean.
 *
 * `hasWaited` where it was not known at once what they answer.
 */
export async function planOf(
  context: Context,
  messageId: string,
  { hasWaited }: { readonly hasWaited: boolean },
): Promise<Plan> {
  const message = await Inbox.get(context, messageId);
  const meaning = Reply.understand(message.text);
  const { kind } = meaning;
  // Of a picture, "alta" says what it shows.
  if (message.attachment) return read(message, "attachment");
  if (isPlain(kind)) return { kind };
  if (kind === "choice") return chosen(context, message, meaning.number);
  // Done now, it would undo what they have said since.
  if (hasWaited && (await hasWrittenSince(context, message))) return read(message, "unclear");
  // Whichever it answers, it may be another than the one that they have before them.
  if (message.quotes && !message.answers) return read(message, "unclear");
  if (message.answers && !isAboutBooking(message)) return answering(context, message, kind);
  if (kind === "unclear") return (await followUpOf(context, message)) ?? read(message, "unclear");
  return about(context, message, kind);
}

/** Whoever is not known is found by a person first of all. */
const read = ({ patientIds }: Inbox.Message, reason: Inbox.InboxReason): Plan => ({
  kind: "read",
  reason: patientIds.length === 0 ? "unmatched" : reason,
});

async function hasWrittenSince(
  context: Context,
  { organizationId, from, receivedAt }: Inbox.Message,
): Promise<boolean> {
  const { wroteAt } = await Contact.of(context, organizationId, from);
  return wroteAt !== undefined && wroteAt > receivedAt;
}

const isFollowUp = ({ answers }: Inbox.Message): boolean =>
  answers?.template.startsWith("follow_up_") ?? false;

const isAboutBooking = (message: Inbox.Message): boolean =>
  !isFollowUp(message) && /^(res|req)_/.test(message.answers?.about ?? "");

/** A reply to a message of ours about something else than a booking. */
async function answering(context: Context, message: Inbox.Message, kind: Wish | "unclear"): Promise<Plan> {
  const { about: id, template } = message.answers!;
  if (isFollowUp(message)) return (await followUpOf(context, message)) ?? read(message, "unclear");
  if (template === "waitlist_offer" && kind === "confirm") return { kind: "accept-offer", id };
  if (template === "waitlist_offer" && kind === "cancel") return { kind: "decline-offer", id };
  return read(message, "answer");
}

/** The question after a visit that a message answers, if one is open. */
async function followUpOf(context: Context, message: Inbox.Message): Promise<Plan | undefined> {
  const { organizationId, from: phone, answers } = message;
  const asked = isFollowUp(message) ? { reservationId: answers!.about } : { organizationId, phone };
  const open = await FollowUp.openFor(context, asked);
  return open && { kind: "answer", id: open.reservationId, followUp: open.type };
}

/** A number means what was offered last, unless it answers a question after a visit. */
async function chosen(context: Context, message: Inbox.Message, number: number): Promise<Plan> {
  if (isFollowUp(message)) return (await followUpOf(context, message)) ?? read(message, "unclear");
  const contactId = Contact.idOf(context, message.organizationId, message.from);
  const conversation = await Conversation.of(context, contactId);
  const choice = conversation && Conversation.chosenIn(conversation, number);
  if (!choice) return (await followUpOf(context, message)) ?? read(message, "unclear");
  const { offer, messageId: offeredIn } = conversation;
  if (offer.kind === "bookings") return { kind: offer.wish, id: choice };
  return { kind: "move", id: offer.reservationId, slotId: choice, offeredIn };
}

/** A wish: about the booking that the message answers, else about the only one that this phone has before it. */
async function about(context: Context, message: Inbox.Message, wish: Wish): Promise<Plan> {
  if (message.answers) {
    const id = await answered(context, message);
    return id ? { kind: wish, id } : read(message, "unclear");
  }
  const { organizationId, from } = message;
  const patients = await Patient.byPhone(context, organizationId, from);
  if (patients.length === 0) return read(message, "unmatched");
  const patientIds = patients.map(({ patientId }) => patientId);
  const upcoming = await Timeline.upcoming(context, organizationId, patientIds);
  // What nobody has decided can be taken back, and nothing else.
  const ids = upcoming.map(({ id }) => id).filter((id) => wish === "cancel" || id.startsWith("res_"));
  const [id, ...others] = ids;
  if (others.length > 0) return { kind: "choose", wish, ids: ids.slice(0, MOST_TO_CHOOSE) };
  if (id) return { kind: wish, id };
  if (upcoming.length > 0) return read(message, "unclear");
  return wish === "confirm" ? ((await followUpOf(context, message)) ?? { kind: "none" }) : { kind: "none" };
}

const MOST_TO_CHOOSE = 9;

/** The booking that a message answers, where it is now; only for the phone that it was booked with. */
async function answered(
  context: Context,
  { answers, from, organizationId }: Inbox.Message,
): Promise<string | undefined> {
  const { appointmentId, recipient } = answers!;
  if (!appointmentId || recipient !== "patient") return undefined;
  const booking = await bookingOf(context, appointmentId);
  const isTheirs = booking?.organizationId === organizationId && formsOf(booking.patientPhone).includes(from);
  return isTheirs ? booking.id : undefined;
}

interface Booking {
  readonly id: string;
  readonly organizationId: string;
  readonly patientPhone: string;
}

/** What has become of an appointment: the reservation that it was moved to last, or the request. */
async function bookingOf(context: Context, appointmentId: string): Promise<Booking | undefined> {
  const reservation = await found(Reservation.get(context, idFrom("reservation", appointmentId)));
  if (reservation?.movedTo) return bookingOf(context, reservation.movedTo);
  if (reservation) return { ...reservation, id: idFrom("reservation", appointmentId) };
  const request = await found(Request.get(context, idFrom("request", appointmentId)));
  return request && { ...request, id: idFrom("request", appointmentId) };
}

async function found<T>(getting: Promise<T>): Promise<T | undefined> {
  try {
    return await getting;
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}
