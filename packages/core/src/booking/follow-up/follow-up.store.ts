import type { EntityItem } from "electrodb";
import { type Context, type Instant, ulidIn, type Write } from "../../platform/index.ts";
import type { FollowUpType, Reservation } from "../reservation/reservation.ts";
import { AnswerEntity, FollowUpEntity } from "./follow-up.entity.ts";

export type Row = EntityItem<typeof FollowUpEntity>;

const phoneKeyOf = (context: Context, organizationId: string, phone: string): string =>
  context.keys.derive("follow-up", organizationId, phone);

export async function find(
  context: Context,
  appointmentId: string,
  type: FollowUpType,
): Promise<Row | undefined> {
  const { data } = await FollowUpEntity.get({ appointmentId, type }).go({
    ...context.table,
    consistent: true,
  });
  return data ?? undefined;
}

/** The write that keeps a follow-up which nobody has opened: else `refused`. */
export const insert = (
  context: Context,
  { appointmentId, organizationId, patientPhone }: Reservation,
  { type, questions }: { type: FollowUpType; questions: string[] },
  refused: Error,
): Write => ({
  action: "Put",
  change: FollowUpEntity.create({
    ...{ appointmentId, type, organizationId, questions },
    phoneKey: phoneKeyOf(context, organizationId, patientPhone),
    askedAt: context.now(),
  }),
  refused: () => refused,
});

interface Answer {
  readonly reservationId: string;
  readonly type: FollowUpType;
  readonly messageId: string;
  readonly text: string;
  readonly at: Instant;
}

/** The write that keeps an answer which is not there: else `refused`. */
export const answered = (
  context: Context,
  { reservationId, type, messageId, text, at }: Answer,
  refused: Error,
): Write => ({
  action: "Put",
  change: AnswerEntity.create({
    appointmentId: ulidIn(reservationId),
    type,
    answerKey: context.keys.derive("answer", messageId),
    text,
    answeredAt: at,
  }),
  refused: () => refused,
});

/** What was asked about an appointment, in the order in which it was. */
export async function ofAppointment(context: Context, appointmentId: string): Promise<Row[]> {
  const { data } = await FollowUpEntity.query
    .primary({ appointmentId })
    .go({ ...context.table, pages: "all" });
  return data.sort((a, b) => (a.askedAt < b.askedAt ? -1 : 1));
}

export const lastAsked = async (context: Context, appointmentId: string): Promise<Row | undefined> =>
  (await ofAppointment(context, appointmentId)).at(-1);

/** The last thing that somebody at a phone was asked by a clinic. */
export async function lastAskedOf(
  context: Context,
  organizationId: string,
  phone: string,
): Promise<Row | undefined> {
  const phoneKey = phoneKeyOf(context, organizationId, phone);
  const { data } = await FollowUpEntity.query
    .asked({ phoneKey })
    .go({ ...context.table, order: "desc", limit: 1, attributes: ["appointmentId"] });
  return data[0] && lastAsked(context, data[0].appointmentId);
}

/** Every answer to what was asked about an appointment, oldest first. */
export async function answersOf(context: Context, appointmentId: string) {
  const { data } = await AnswerEntity.query.primary({ appointmentId }).go({ ...context.table, pages: "all" });
  return data.sort((a, b) => (a.answeredAt < b.answeredAt ? -1 : 1));
}
