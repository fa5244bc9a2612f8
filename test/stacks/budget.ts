/** The most that a Lambda's code may have, in bytes: all of it is read and compiled at every cold start. */
export const budgetOf = (name: string): number => (name.endsWith("-api") ? 700_000 : 1_000_000);

/** How much longer than the bare client of DynamoDB an API Lambda may take to load. */
export const IMPORT_FACTOR = 1.6;

/** How far a busy machine may be off when it measures that, as a factor. */
export const MEASURING_ERROR = 1.1;
