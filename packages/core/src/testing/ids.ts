/** An id of the same kind that names something else: it differs in its last character, whatever that is. */
export const unlike = (id: string): string => id.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
