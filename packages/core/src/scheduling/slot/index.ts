export { block, unblock } from "./block.ts";
export { passedFree } from "./past.ts";
export {
  create,
  get,
  keep,
  type NewSlot,
  release,
  remove,
  reshape,
  type Seat,
  SeatRace,
  setBlocked,
  slotIn,
  startingIn,
  take,
} from "./slot.store.ts";
export {
  BookableSlot,
  endedHolds,
  type Hold,
  liveHolds,
  remaining,
  type Slot,
  SlotBlocked,
  SlotId,
  type SlotKey,
  SlotStatus,
  SlotTaken,
  slotIdOf,
  slotKeyOf,
  spanOf,
  statusOf,
} from "./slot.ts";
