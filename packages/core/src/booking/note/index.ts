export { add, list } from "./note.store.ts";
export { AppointmentNote, NewNote } from "./note.ts";
