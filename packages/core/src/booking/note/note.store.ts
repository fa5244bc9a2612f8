import {
  type Actor,
  Audit,
  type Context,
  commit,
  idFrom,
  nameOf,
  type Operation,
  onceOnly,
  repeated,
  requireCareTeam,
} from "../../platform/index.ts";
import { get as reservationOf } from "../reservation/reservation.store.ts";
import { NoteEntity } from "./note.entity.ts";
import type { AppointmentNote, NewNote } from "./note.ts";

/**
 * Writes a note for the care team. A repeated operation answers with the note it wrote.
 *
 * Throws `not-found`, `forbidden`, `idempotency-key-reused`.
 */
export async function add(
  context: Context,
  actor: Actor,
  reservationId: string,
  { type, text }: NewNote,
  operation: Operation,
): Promise<AppointmentNote> {
  const { organizationId, appointmentId, profileId } = await reservationOf(context, reservationId);
  requireCareTeam(actor, { organizationId, profileId }, "reservation", reservationId);
  const noteId = idFrom("note", operation.id);
  const createdAt = context.now();
  const author = nameOf(actor);
  const row = { appointmentId, organizationId, noteId, author, type, text, createdAt };
  const wrote = async () => {
    await commit(context, [
      {
        action: "Put",
        change: NoteEntity.create({ ...row, mark: operation.content }),
        refused: repeated(operation),
      },
      Audit.write({
        org: organizationId,
        about: reservationId,
        entryId: operation.id,
        action: "note/added",
        by: author,
        at: createdAt,
      }),
    ]);
    return { noteId, reservationId, author, type, text, createdAt };
  };
  return onceOnly(wrote, async () => {
    const { data } = await NoteEntity.get({ appointmentId, noteId }).go(context.table);
    return { noteId, reservationId, author, type, text, createdAt: data!.createdAt };
  });
}

/** A reservation's notes, oldest first; the reading is logged. */
export async function list(
  context: Context,
  actor: Actor,
  reservationId: string,
): Promise<AppointmentNote[]> {
  const { organizationId, appointmentId, profileId } = await reservationOf(context, reservationId);
  requireCareTeam(actor, { organizationId, profileId }, "reservation", reservationId);
  await Audit.read(context, actor, { organizationId, about: reservationId, what: "notes" });
  const { data } = await NoteEntity.query.primary({ appointmentId }).go({ ...context.table, pages: "all" });
  return data
    .map(({ noteId, author, type, text, createdAt }) => ({
      noteId,
      reservationId,
      author,
      type,
      text,
      createdAt,
    }))
    .sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
}
