/** Lengths of time in milliseconds. A moment of a month is epoch milliseconds. */
export const MINUTE = 60_000;
export const QUARTER = 15 * MINUTE;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const iso = (millis: number): string => new Date(millis).toISOString();
