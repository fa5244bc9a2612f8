/** Stands where a template's variable has nothing to say: WhatsApp refuses an empty one. */
const NOTHING = "–";

/** A variable as WhatsApp takes it in a template: one line, no runs of spaces, never empty. */
export const templateWords = (value: string): string => value.replace(/\s+/g, " ").trim() || NOTHING;
