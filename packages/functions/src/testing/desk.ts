import { type Problem, type RouteId, routesById } from "@turno/contract";
import { apis } from "../api/index.ts";
import type { Runtime } from "../runtime.ts";
import { aClinic, type Clinic, type StaffName, staff } from "./clinic.ts";
import { eventFor, lambdaContext, type Sent } from "./event.ts";
import type { TestIssuer } from "./issuer.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Parsed where it is JSON. */
  readonly body: Record<string, unknown> & Partial<Problem>;
  readonly text: string;
}

interface Calling extends Sent {
  /** A member of the clinic, or the token of a link; nobody when left out. */
  readonly as?: StaffName | (string & {});
}

export interface Desk extends Clinic {
  readonly runtime: Runtime;
  /** What was logged. */
  readonly lines: object[];
  /** Calls a route as the gateway would: through the Lambda of its context. */
  call(route: RouteId, calling?: Calling): Promise<Answer>;
}

const isStaff = (name: string): name is StaffName => Object.hasOwn(staff, name);

/** A clinic whose API is called in this process, on a table of its own. */
export async function aDesk(issuer?: TestIssuer, changes: Partial<Runtime> = {}): Promise<Desk> {
  const clinic = await aClinic();
  const lines: object[] = [];
  const runtime: Runtime = {
    context: clinic.context,
    issuer,
    stage: "test",
    version: "1.2.3",
    webUrl: "https://turno.example",
    log: (line) => lines.push(line),
    ...changes,
  };
  const lambdas = apis(runtime);

  /** The gateway checks the token of routes that only staff may call; elsewhere it passes the header on. */
  async function credentials(route: RouteId, as: string | undefined): Promise<Sent> {
    if (as === undefined) return {};
    if (!isStaff(as)) return { headers: { authorization: `Bearer ${as}` } };
    if (routesById[route].access.kind === "staff") {
      return { claims: { email: staff[as], email_verified: "true" } };
    }
    if (!issuer) throw new Error(`${route} takes a token: give the desk an issuer`);
    return { headers: { authorization: `Bearer ${await issuer.mint(staff[as])}` } };
  }

  return {
    ...clinic,
    runtime,
    lines,
    async call(id, { as, ...sent } = {}) {
      const route = routesById[id];
      const given = await credentials(id, as);
      const event = eventFor(route, { ...given, ...sent, headers: { ...given.headers, ...sent.headers } });
      const result = await lambdas[route.context](event, lambdaContext);
      const text = result.body ?? "";
      const isJson = String(result.headers?.["content-type"]).includes("json");
      return {
        status: result.statusCode ?? 0,
        headers: result.headers ?? {},
        body: isJson ? JSON.parse(text) : {},
        text,
      };
    },
  };
}

/** A wish for a slot of this desk. */
export const wishFor = (desk: Desk, wallTime: string, changes: Record<string, unknown> = {}) => ({
  slotId: desk.slot(wallTime),
  serviceId: desk.consultation.serviceId,
  patientName: "Lucía Ramírez",
  patientPhone: "+525587654321",
  chiefComplaint: "Dolor de cabeza desde hace tres días",
  ...changes,
});

/** A patient asks for a time. */
export async function asked(desk: Desk, wallTime: string): Promise<{ requestId: string; link: string }> {
  const { status, body } = await desk.call("createRequest", { body: wishFor(desk, wallTime) });
  if (status !== 201) throw new Error(`The request failed: ${JSON.stringify(body)}`);
  return { requestId: String(body.requestId), link: String(body.linkToken) };
}

/** The desk books a time for a patient. */
export async function booked(desk: Desk, wallTime: string): Promise<{ reservationId: string; link: string }> {
  const { status, body } = await desk.call("createReservation", {
    as: "nurse",
    body: wishFor(desk, wallTime, { source: "phone" }),
  });
  if (status !== 201) throw new Error(`The booking failed: ${JSON.stringify(body)}`);
  return { reservationId: String(body.reservationId), link: String(body.linkToken) };
}
