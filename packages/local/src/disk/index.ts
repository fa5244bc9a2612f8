export { overwrite, writeAtomically } from "./atomic.ts";
export { type Journal, openJournal } from "./journal.ts";
export { readIfThere } from "./read.ts";
