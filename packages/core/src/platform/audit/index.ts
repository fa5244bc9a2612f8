export { type AuditEntry, read, trail, write } from "./audit.ts";
