import { Note } from "@turno/core/booking";
import type { Handlers } from "../../pipeline/handler.ts";

export const notes = {
  async listNotes({ context, actor, params }) {
    return { items: await Note.list(context, actor, params.reservationId) };
  },
  createNote: ({ context, actor, params, body, operation }) =>
    Note.add(context, actor, params.reservationId, body, operation),
} satisfies Partial<Handlers<"booking">>;
