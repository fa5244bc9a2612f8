/** The most that a Lambda's code may have, in bytes: all of it is read and compiled at every cold start. */
export const budgetOf = (name: string): number => (name.endsWith("-api") ? 700_000 : 1_000_000);

/**
 * How much longer an API Lambda may take to load than AWS's client for DynamoDB as it comes: bundled by the same bundler
 * with the same options, and without what we take out of it.
 *
 * That client is what anybody's function loads that reads a table, so this says what all the rest of a Lambda costs
 * beside it. It is held as it is measured: nothing is added for a busy machine.
 */
export const IMPORT_FACTOR = 1.6;

/**
 * The same against the client with all taken out of it that we take out: less than half of it is left, and what a Lambda
 * has beside it, ElectroDB and zod first, takes twice as long to load. Not a promise, but nobody shall double it unseen.
 */
export const TRIMMED_IMPORT_FACTOR = 4.5;
