import { type Route, type RouteId, routes } from "@turno/contract";
import type { Cases, Refused, Scene } from "./scene.ts";

/** Ids of one thing of each kind, by the names that paths give them. */
type Ids = Readonly<Record<string, string>>;

const bodies: Partial<Record<RouteId, (ids: Ids) => object>> = {
  createException: () => ({ date: "2040-03-21", windows: [] }),
  createNote: () => ({ type: "clinical", text: "Presión 120/80" }),
  createPrescription: () => ({
    ...{ medicationName: "Amoxicilina", dosage: "500 mg", frequency: "cada 8 horas", duration: "7 días" },
  }),
  createRule: () => ({ dayOfWeek: 1, startTime: "09:00", endTime: "13:00" }),
  createService: () => ({ name: "Otra", category: "general", duration: 20, price: 1 }),
  editPatient: () => ({ patientEmail: null }),
  editRule: () => ({ endTime: "19:00" }),
  editService: () => ({ price: 1 }),
  endPrescription: () => ({ reason: "No" }),
  generateSlots: () => ({ from: "2040-03-07", to: "2040-03-07" }),
  rejectRequest: () => ({ reason: "No" }),
  rescheduleReservation: ({ slotId }) => ({ slotId: slotId! }),
};

const queries: Partial<Record<RouteId, string>> = {
  listBlockedSlots: "from=2040-03-06&to=2040-03-07",
  listReservations: "from=2040-03-06&to=2040-03-07",
  listSlots: "from=2040-03-06&to=2040-03-07",
};

/** Answers an empty list for a patient whom the clinic does not have. */
const LISTS_WHAT_IS_THERE: readonly string[] = ["getPatientTimeline"];

const byId = routes.filter(({ id, path }) => /\{\w+Id\}/.test(path) && !LISTS_WHAT_IS_THERE.includes(id));

function call({ id, method, path, body }: Route, ids: Ids): Pick<Refused, "method" | "path" | "body"> {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name]!);
  const query = queries[id as RouteId];
  const given = bodies[id as RouteId]?.(ids) ?? (body && {});
  return { method, path: query ? `${filled}?${query}` : filled, ...(given && { body: given }) };
}

/** Who asks may not do this, or may not even know that it is there. */
export function notAllowed({ ids, tokens }: Scene): Cases {
  const unknown = "01JDWXR3M8Q6V9T2KZB4N7HC5E";
  // Ids that say more than a prefix and a ULID.
  const otherForms: Ids = {
    runId: unknown,
    offerId: `ofr_${unknown}136DT8`,
    slotId: `slt_${unknown}136DT8${unknown}`,
  };
  const nothing: Ids = Object.fromEntries(
    Object.entries(ids).map(([name, id]) => [name, otherForms[name] ?? id.replace(/_.+/, `_${unknown}`)]),
  );
  const every = (
    what: string,
    among: readonly Route[],
    given: Ids,
    rest: Pick<Refused, "because" | "token">,
  ) => Object.fromEntries(among.map((route) => [`${route.id} ${what}`, { ...call(route, given), ...rest }]));

  const forStaff = byId.filter(({ access }) => access.kind === "staff" || access.kind === "link-or-staff");
  const forPractitioners = byId.filter(({ access }) => access.kind === "staff" && access.roles.length > 0);
  const ofCareTeams = forStaff.filter(({ id }) => !OPEN_TO_THE_CLINIC.includes(id));
  return {
    ...every("of what there is not", byId, nothing, { because: "not-found", token: tokens.admin }),
    ...every("of another clinic", forStaff, ids, { because: "not-found", token: tokens.stranger }),
    ...every("by a nurse", forPractitioners, ids, { because: "forbidden", token: tokens.nurse }),
    ...every("by the doctor of another calendar", ofCareTeams, ids, {
      ...{ because: "forbidden", token: tokens.colleague },
    }),
  };
}

/** Staff see each other's hours, and book and know the patients of the whole clinic. */
const OPEN_TO_THE_CLINIC: readonly string[] = [
  ...["listRules", "listExceptions", "listBlockedSlots", "getPatient", "editPatient"],
  ...["getPatientPreferences", "editPatientPreferences", "closeMessage"],
];
