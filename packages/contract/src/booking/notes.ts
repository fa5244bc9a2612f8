import { AppointmentNote, idOf, NewNote } from "@turno/core/schemas";
import * as z from "zod";
import { staff } from "../access.ts";
import { listOf } from "../page.ts";
import { route } from "../route.ts";

const Note = AppointmentNote.meta({ id: "Note" });
const params = z.strictObject({ reservationId: idOf("reservation") });
const context = "booking";

export const listNotes = route({
  id: "listNotes",
  method: "GET",
  path: "/v1/reservations/{reservationId}/notes",
  context,
  access: staff(),
  summary: "A reservation's notes, oldest first",
  description: "For the care team. The reading is logged.",
  params,
  responses: { 200: listOf(Note) },
  failures: ["not-found"],
});

export const createNote = route({
  id: "createNote",
  method: "POST",
  path: "/v1/reservations/{reservationId}/notes",
  context,
  access: staff(),
  summary: "Write a note",
  description: "For the care team. Notes are never changed: a correction is a new note.",
  params,
  body: NewNote,
  example: { type: "clinical", text: "Presión 120/80. Se piden estudios." },
  responses: { 201: Note },
  failures: ["not-found"],
});
