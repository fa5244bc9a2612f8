export { active, activeNow, all, byId, create, edit, get } from "./service.store.ts";
export { GRAIN_MINUTES, MedicalService, NewService, PublicService, ServiceEdit } from "./service.ts";
