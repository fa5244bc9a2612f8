import { bookingRoutes } from "@turno/contract";
import { followUps } from "../handlers/booking/follow-ups.ts";
import { notes } from "../handlers/booking/notes.ts";
import { prescriptions } from "../handlers/booking/prescriptions.ts";
import { requests } from "../handlers/booking/requests.ts";
import { reservations } from "../handlers/booking/reservations.ts";
import { waitlist } from "../handlers/booking/waitlist.ts";
import { api } from "../pipeline/api.ts";
import type { ApiHandler } from "../pipeline/exchange.ts";
import type { Runtime } from "../runtime.ts";

export const bookingApi = (runtime: Runtime): ApiHandler =>
  api<"booking">(runtime, bookingRoutes, {
    ...requests,
    ...reservations,
    ...notes,
    ...followUps,
    ...prescriptions,
    ...waitlist,
  });
