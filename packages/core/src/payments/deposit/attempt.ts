/** The key of an attempt: what is done under the same one is done once. */
export const keyOf = (what: string, attempt: number): string => (attempt > 1 ? `${what}:${attempt}` : what);
