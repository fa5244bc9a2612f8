/** What a schema file may import: values without the table, so that a browser's bundle carries no AWS SDK. */
export { type IdKind, idFrom, idOf, ulidIn } from "./id.ts";
export * from "./instant.ts";
export type { Interval } from "./interval.ts";
export { ChannelName, Messaging } from "./messaging.ts";
export * from "./money.ts";
export { DepositTerms } from "./payments.ts";
export { BookingPolicy, ClinicPolicy, Language } from "./practice.ts";
export { QuietHours } from "./quiet.ts";
export * from "./refusal.ts";
export { base32, fromBase32, ULID_REGEX } from "./ulid.ts";
export * from "./zone.ts";
