import { type RouteId, routesById } from "@turno/contract";
import { Member } from "@turno/core/identity";
import { defaultPolicy, idFrom, type Practice } from "@turno/core/platform";
import { Generation } from "@turno/core/scheduling";
import { offer, openDaily, openPractice, slotAt, type TestContext, wish } from "@turno/core/testing";
import { type ApiHandler, apis } from "@turno/functions";
import type { Gauge, Reading } from "./gauge.ts";

const DOCTOR = "ana@clinica-roma.example";
const WEDNESDAY = "2026-03-04";
/** 09:00, 09:20, 09:40 and 10:00 in Mexico City. */
const NINE = `${WEDNESDAY}T15:00:00.000Z`;
const TWENTY_PAST = `${WEDNESDAY}T15:20:00.000Z`;
const TWENTY_TO = `${WEDNESDAY}T15:40:00.000Z`;
const TEN = `${WEDNESDAY}T16:00:00.000Z`;

interface Sent {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** A patient's link; a member of staff when left out. */
  readonly link?: string;
}

type Call = (route: RouteId, sent: Sent) => Promise<Record<string, string>>;

/** What the calls of a booking ask of the database when they come through the API, by name. */
export async function readRoutes(context: TestContext, gauge: Gauge): Promise<Map<string, Reading>> {
  const practice = await openClinic(context);
  const service = await offer(context, practice);
  await openDaily(context, practice);
  await Generation.generate(context, practice, { from: WEDNESDAY, to: WEDNESDAY });
  const call = callerOf(context);
  const readings = new Map<string, Reading>();
  const read: Call = async (route, sent) => {
    let answer: Record<string, string> = {};
    const reading = await gauge.read(async () => {
      answer = await call(route, sent);
    });
    readings.set(route, reading);
    return answer;
  };
  const { profileId } = practice;
  const { serviceId } = service;
  const asked = (start: string) => wish(slotAt(practice, service, start), serviceId);

  const day = { params: { profileId }, query: { from: WEDNESDAY, to: WEDNESDAY } };
  // Reads what is remembered from then on.
  await call("listSlots", day);
  await call("listReservations", day);
  await read("listSlots", day);
  const asking = await read("createRequest", { body: asked(NINE) });
  const request = { params: { requestId: asking.requestId! } };
  await read("getRequest", { ...request, link: asking.linkToken });
  const { reservationId } = await read("approveRequest", { ...request, body: {} });
  const visit = { params: { reservationId: reservationId! } };
  await read("getReservation", { ...visit, link: asking.linkToken });
  const booking = await call("createReservation", { body: asked(TWENTY_PAST) });
  const moved = await read("rescheduleReservation", {
    params: { reservationId: booking.reservationId! },
    body: { slotId: asked(TWENTY_TO).slotId },
    link: booking.linkToken,
  });
  await read("cancelReservation", {
    params: { reservationId: moved.reservationId! },
    body: {},
    link: moved.linkToken,
  });
  const refused = await call("createRequest", { body: asked(TEN) });
  await read("rejectRequest", {
    params: { requestId: refused.requestId! },
    body: { reason: "No hay consulta" },
  });
  await read("createReservation", { body: asked(TEN) });
  await read("listRequests", { params: { profileId } });
  await read("listReservations", day);
  context.at(`${WEDNESDAY}T18:00:00.000Z`);
  await read("completeReservation", { ...visit, body: {} });
  return readings;
}

async function openClinic(context: TestContext): Promise<Practice> {
  const policy = { ...defaultPolicy, changeNoticeHours: 0 };
  const practice = await openPractice(context, { policy });
  const { organizationId, profileId } = practice;
  await Member.add(context, {
    ...{ organizationId, memberId: idFrom("member", context.newUlid()), email: DOCTOR, name: "Ana Torres" },
    ...{ roles: ["doctor"], careTeams: [profileId] },
  });
  return practice;
}

/** Calls the Lambdas as the gateway does, in this process. Throws when a call does not succeed. */
function callerOf(context: TestContext): Call {
  const lambdas = apis({
    ...{ context, issuer: undefined, stage: "bench", version: "0", webUrl: "" },
    log: () => undefined,
  });
  return async (id, { params = {}, query = {}, body, link }) => {
    const { method, path, context: name, access } = routesById[id];
    const claims = { email: DOCTOR, email_verified: "true" };
    const event = {
      version: "2.0",
      routeKey: `${method} ${path}`,
      rawPath: path,
      rawQueryString: "",
      headers: { "content-type": "application/json", ...(link && { authorization: `Bearer ${link}` }) },
      pathParameters: params,
      queryStringParameters: query,
      requestContext: {
        requestId: "bench",
        ...(access.kind === "staff" && { authorizer: { jwt: { claims } } }),
      },
      ...(body && { body: JSON.stringify(body) }),
      isBase64Encoded: false,
    };
    const result = await lambdas[name](
      event as unknown as Parameters<ApiHandler>[0],
      {} as Parameters<ApiHandler>[1],
    );
    if (result.statusCode! >= 300) throw new Error(`${id} answered ${result.statusCode}: ${result.body}`);
    return result.body ? JSON.parse(result.body) : {};
  };
}
