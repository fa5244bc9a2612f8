import {
  type Actor,
  type Context,
  commit,
  idFrom,
  type LocalDate,
  NotFound,
  nameOf,
  type Operation,
  Outbox,
  onceOnly,
  type Practice,
  repeated,
  requireCalendar,
  type Write,
} from "../../platform/index.ts";
import { ExceptionEntity } from "./availability.entity.ts";
import type { AvailabilityException, NewException } from "./availability.ts";

const AFTER_EVERY_ID = "~";

/** The exceptions of a calendar from one date to another, both included. */
export async function between(
  context: Context,
  profileId: string,
  from: LocalDate,
  to: LocalDate,
): Promise<AvailabilityException[]> {
  const { data } = await ExceptionEntity.query
    .primary({ profileId })
    .between({ date: from }, { date: to, exceptionId: AFTER_EVERY_ID })
    .go({ ...context.table, consistent: true, pages: "all" });
  return data;
}

/** The exception with this id. Throws {@link NotFound}. */
async function byId(
  context: Context,
  profileId: string,
  exceptionId: string,
): Promise<AvailabilityException> {
  const { data } = await ExceptionEntity.query
    .primary({ profileId })
    .go({ ...context.table, consistent: true, pages: "all" });
  const exception = data.find((candidate) => candidate.exceptionId === exceptionId);
  if (!exception) throw new NotFound("availability exception", exceptionId);
  return exception;
}

const told = (
  context: Context,
  actor: Actor,
  practice: Practice,
  exceptionId: string,
  date: LocalDate,
): Write =>
  Outbox.tell(context, actor, {
    organizationId: practice.organizationId,
    about: exceptionId,
    events: ["availability/changed"],
    data: {
      profileId: practice.profileId,
      changedBy: nameOf(actor),
      changes: {},
      effectiveDate: date,
      effectiveUntil: date,
    },
  });

/** Closes a date or gives it other hours. A repeated operation answers with the exception it made. */
export async function create(
  context: Context,
  actor: Actor,
  practice: Practice,
  input: NewException,
  operation: Operation,
): Promise<AvailabilityException> {
  const { profileId, organizationId } = practice;
  requireCalendar(actor, practice, "profile", profileId);
  const exception = { ...input, exceptionId: idFrom("exception", operation.id), profileId };
  const made = async () => {
    await commit(context, [
      {
        action: "Put",
        change: ExceptionEntity.create({ ...exception, organizationId, mark: operation.content }),
        refused: repeated(operation),
      },
      told(context, actor, practice, exception.exceptionId, input.date),
    ]);
    return exception;
  };
  return onceOnly(made, async () => exception);
}

/** Takes an exception away: the rules hold again. Throws {@link NotFound}. */
export async function remove(
  context: Context,
  actor: Actor,
  practice: Practice,
  exceptionId: string,
): Promise<AvailabilityException> {
  const { profileId } = practice;
  requireCalendar(actor, practice, "profile", profileId);
  const exception = await byId(context, profileId, exceptionId);
  await commit(context, [
    {
      action: "Delete",
      change: ExceptionEntity.remove({ profileId, date: exception.date, exceptionId }),
      refused: () => new NotFound("availability exception", exceptionId),
    },
    told(context, actor, practice, exceptionId, exception.date),
  ]);
  return exception;
}
