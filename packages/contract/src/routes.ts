import * as followUps from "./booking/follow-ups.ts";
import * as notes from "./booking/notes.ts";
import * as prescriptions from "./booking/prescriptions.ts";
import * as requests from "./booking/requests.ts";
import * as reservations from "./booking/reservations.ts";
import * as waitlist from "./booking/waitlist.ts";
import * as clinics from "./identity/clinics.ts";
import * as me from "./identity/me.ts";
import * as patients from "./identity/patients.ts";
import * as preferences from "./notifications/preferences.ts";
import * as notifications from "./notifications/routes.ts";
import * as workflows from "./operations/workflows.ts";
import * as platform from "./platform/routes.ts";
import type { Route } from "./route.ts";
import * as availability from "./scheduling/availability.ts";
import * as services from "./scheduling/services.ts";
import * as slots from "./scheduling/slots.ts";
import * as webhooks from "./webhooks/routes.ts";

/** Every route by its id. */
export const routesById = {
  ...platform,
  ...clinics,
  ...me,
  ...patients,
  ...services,
  ...availability,
  ...slots,
  ...requests,
  ...reservations,
  ...notes,
  ...followUps,
  ...prescriptions,
  ...waitlist,
  ...notifications,
  ...preferences,
  ...workflows,
  ...webhooks,
};

export type Routes = typeof routesById;
export type RouteId = keyof Routes;

/** Every route, in the order of the documentation. */
export const routes: readonly Route[] = Object.values(routesById);
