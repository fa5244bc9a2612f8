export {
  AvailabilityException,
  AvailabilityRule,
  appliesOn,
  NewException,
  NewRule,
  RuleEdit,
} from "./availability.ts";
export * as Exceptions from "./exception.store.ts";
export * as Rules from "./rule.store.ts";
