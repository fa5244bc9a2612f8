/**
 * What the HTTP contract, and through it browsers, may know of the domain: schemas and types.
 *
 * No file behind this door reaches the table.
 */
export * from "./booking/schemas.ts";
export * from "./identity/schemas.ts";
export * from "./notifications/schemas.ts";
export * from "./operations/schemas.ts";
export * from "./payments/schemas.ts";
export { Source, Urgency } from "./platform/events/index.ts";
export {
  Amount,
  Currency,
  type IdKind,
  Instant,
  InstantInput,
  idOf,
  Language,
  LocalDate,
  Zone,
} from "./platform/schemas.ts";
export * from "./scheduling/schemas.ts";
