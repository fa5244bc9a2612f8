export * from "./actor.ts";
export * as Audit from "./audit/index.ts";
export { commit, type Found, unexpected, type Write } from "./commit.ts";
export { isConditionFailure } from "./condition.ts";
export type { Context, PracticeOf, TableAccess } from "./context.ts";
export * as Counter from "./counter/index.ts";
export * as Daily from "./daily/index.ts";
export { type IdKind, idFrom, idOf, prefixes, ulidIn } from "./id.ts";
export * from "./instant.ts";
export * from "./interval.ts";
export { digestOf, isSealed, type Keys, keysFrom } from "./keys.ts";
export { liveContext } from "./live.ts";
export { type Memory, memoryFor } from "./memory.ts";
export { ChannelName, Messaging, ProviderName } from "./messaging.ts";
export * from "./money.ts";
export {
  isRepeat,
  madeOnce,
  mark,
  type Operation,
  onceOnly,
  operationOf,
  refusedOrRepeated,
  repeated,
} from "./operation.ts";
export * as Outbox from "./outbox/index.ts";
export { packed, unpacked } from "./outbox/packing.ts";
export { patiently } from "./patience.ts";
export { DepositTerms, PaymentProviderName } from "./payments.ts";
export { formsOf } from "./phone.ts";
export { BookingPolicy, ClinicPolicy, defaultPolicy, Language, type Practice } from "./practice.ts";
export { QuietHours, quietUntil } from "./quiet.ts";
export * from "./refusal.ts";
export { type IndexShape, inShards, SHARDS, shardOf, tableShape } from "./table.ts";
export { base32, firstUlidAt, fromBase32, ULID_REGEX, ulidFactory, ulidFromDigest } from "./ulid.ts";
export { lastWins } from "./version.ts";
export * from "./zone.ts";
