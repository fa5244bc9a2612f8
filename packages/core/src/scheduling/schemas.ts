export {
  AvailabilityException,
  AvailabilityRule,
  NewException,
  NewRule,
  RuleEdit,
} from "./availability/availability.ts";
export { MedicalService, NewService, PublicService, ServiceEdit } from "./service/service.ts";
export { BlockedSlot, BookableSlot, SlotId, SlotStatus, slotIdOf } from "./slot/slot.ts";
