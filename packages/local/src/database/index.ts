export { localClient } from "./client.ts";
export { type Database, type DatabaseOptions, startDatabase } from "./database.ts";
export { DatabaseInUse } from "./lock.ts";
export { DatabaseNotStarted } from "./readiness.ts";
export { createTable, type IndexShape, type TableShape, TableShapeDiffers } from "./tables.ts";
