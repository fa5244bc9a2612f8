export { active, activeNow, all, byId, create, edit, get, inactive } from "./service.store.ts";
export { GRAIN_MINUTES, MedicalService, NewService, PublicService, ServiceEdit } from "./service.ts";
