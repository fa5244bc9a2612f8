export * as Availability from "./availability/index.ts";
export * as Claim from "./claim/index.ts";
export * as Generation from "./generation/index.ts";
export * as Ledger from "./ledger/index.ts";
export * as Listing from "./listing/index.ts";
export * as Service from "./service/index.ts";
export * as Slot from "./slot/index.ts";
