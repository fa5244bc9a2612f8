import * as z from "zod";
import { Instant, idOf } from "../../platform/schemas.ts";

const NoteType = z.enum(["clinical", "follow_up", "correction", "administrative"]);

/** A clinical note on a reservation. Append-only: a correction is a new note. */
export const AppointmentNote = z.object({
  noteId: idOf("note"),
  reservationId: idOf("reservation"),
  author: z.string(),
  type: NoteType,
  text: z.string(),
  createdAt: Instant,
});
export type AppointmentNote = z.infer<typeof AppointmentNote>;

export const NewNote = z.strictObject({
  type: NoteType.default("clinical"),
  text: z.string().trim().min(1).max(4000),
});
export type NewNote = z.infer<typeof NewNote>;
