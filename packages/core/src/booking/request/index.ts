export { approve } from "./approve.ts";
export { cancel, reject } from "./close.ts";
export { create } from "./create.ts";
export { pastEndedHolds } from "./ended-holds.ts";
export { expire, NotDue } from "./expire.ts";
export { inbox, view } from "./list.ts";
export { expireOverdue } from "./overdue.ts";
export { due, get } from "./request.store.ts";
export {
  AlreadyDecided,
  ApprovalChanges,
  type Request,
  RequestStatus,
  RequestSummary,
  RequestView,
  statusAt,
  viewOf,
} from "./request.ts";
