import type { FailureType } from "@turno/contract";
import { Waitlist } from "@turno/core/booking";
import { Profile } from "@turno/core/identity";
import { Inbox } from "@turno/core/notifications";
import { Run } from "@turno/core/operations";
import { Slot } from "@turno/core/scheduling";
import { openClinic } from "../stage/clinic.ts";
import type { OpenStage } from "../stage/open.ts";

/** The gateway's own answers, given before any code of the API runs. */
export const byGateway = { Unauthorized: 401, "Not Found": 404 } as const;

/** A call that is turned down, and for what. */
export interface Refused {
  readonly because: FailureType | keyof typeof byGateway;
  readonly method: "GET" | "POST" | "PATCH" | "DELETE" | "PUT";
  readonly path: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, a text or bytes as they are. */
  readonly body?: object | string | Buffer;
  /** What is wrong, where it is `invalid`. */
  readonly pointers?: readonly string[];
  /** What the caller is told besides. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

export type Cases = Readonly<Record<string, Refused>>;

/** Tuesday, 6 March 2040, 08:10 in Mexico City. */
const NOW = "2040-03-06T14:10:00.000Z";
/** An instant by that zone's wall time, `2040-03-06T12:00`. */
const at = (wallTime: string): string => new Date(`${wallTime}:00-06:00`).toISOString();

const patient = { patientName: "Lucía Ramírez", patientPhone: "+525587654321" };

/** A clinic on a Tuesday morning, with one thing of each kind that can be in the way. */
export async function openScene(stage: OpenStage) {
  const { api, machine, context } = stage;
  const clinic = await openClinic(stage, "roma");
  const { admin } = clinic;
  const { profileId, offer, slots } = await clinic.openCalendar({ noticeMinutes: 60 });
  const serviceId = await offer();
  await slots(3);
  const slotId = (wallTime: string) => Slot.slotIdOf({ profileId, serviceId, start: at(wallTime) });
  const wish = (wallTime: string) => ({ ...patient, serviceId, slotId: slotId(wallTime) });
  const ask = async (wallTime: string) => {
    const asked = await api().createRequest({ body: wish(wallTime) });
    if (asked.status !== "pending") throw new Error("this service needs approval");
    return asked;
  };
  const book = async (wallTime: string) =>
    (await admin.createReservation({ body: wish(wallTime) })).reservationId;

  const pending = await ask("2040-03-06T12:00");
  const other = await ask("2040-03-06T12:20");
  const decided = await ask("2040-03-06T12:40");
  await admin.approveRequest({ params: { requestId: decided.requestId } });
  const cancelled = await book("2040-03-06T13:00");
  await admin.cancelReservation({ params: { reservationId: cancelled } });
  await admin.blockSlot({ params: { slotId: slotId("2040-03-06T13:20") } });
  const replayed = { key: "once-and-for-all", body: wish("2040-03-06T13:40") };
  await api().createRequest({ body: replayed.body, idempotencyKey: replayed.key });
  const rule = (await admin.listRules({ params: { profileId } })).items[0]!;
  const exception = await admin.createException({
    params: { profileId },
    body: { date: "2040-03-20", windows: [] },
  });
  const prescribe = async () => {
    const params = { reservationId: decided.requestId.replace("req_", "res_") };
    const medication = { medicationName: "Amoxicilina", dosage: "500 mg", frequency: "si hace falta" };
    const { prescriptionId } = await admin.createPrescription({
      params,
      body: { ...medication, duration: "1 mes" },
    });
    return prescriptionId;
  };
  const prescriptionId = await prescribe();
  const endedPrescription = await prescribe();
  await admin.endPrescription({ params: { prescriptionId: endedPrescription }, body: { reason: "Alergia" } });
  const seek = (patientName: string) => ({
    ...{ ...patient, patientName, profileId, serviceId },
    ...{ from: "2040-03-06", to: "2040-03-09" },
  });
  const { entryId } = await api().joinWaitlist({ body: seek(patient.patientName) });
  const gone = await api().joinWaitlist({ body: seek("Otra Persona") });
  await admin.leaveWaitlist({ params: { entryId: gone.entryId } });
  const { messageId } = await Inbox.receive(context, {
    ...{ organizationId: clinic.organizationId, provider: "meta", providerMessageId: "wamid.1" },
    ...{ channel: "whatsapp", from: patient.patientPhone, text: "¿Debo ir en ayunas?", patientIds: [] },
    receivedAt: context.now(),
  });
  await Inbox.open(context, await Inbox.get(context, messageId), "unclear");
  const first = { name: "appointment/reminder", id: "1", ts: 0, data: { profileId } };
  const ended = async (status: Run.RunStatus, triggers: Run.Trigger[] = [first]) => {
    const runId = context.newUlid();
    await Run.record(context, { runId, workflow: "test", status, endedAt: context.now(), triggers });
    return runId;
  };
  const runs = {
    failed: await ended("failed"),
    retried: await ended("failed"),
    completed: await ended("completed"),
  };
  await admin.retryRun({ params: { runId: runs.retried } });
  const retry = { ...first, workflow: "test", runId: runs.retried, attempt: 1 };
  await ended("completed", [{ ...first, name: "workflow/retry", data: { profileId, retry } }]);
  const colleague = await clinic.openCalendar();
  const condesa = await openClinic(stage, "condesa");
  await machine.advanceTo(Date.parse(NOW));
  const offered = await Waitlist.offerNext(context, await Profile.practice(context, profileId), {
    slotId: slotId("2040-03-06T15:40"),
    round: "test",
    quietUntil: async () => undefined,
    awaited: [],
  });
  if (offered.outcome !== "offered") throw new Error(offered.outcome);
  await stage.rest();

  const reservationId = decided.requestId.replace("req_", "res_");
  return {
    ...{ stage, context, profileId, serviceId, slotId, wish, pending, other, cancelled, replayed, runs },
    ...{ seek, gone },
    endedPrescription,
    decided: { ...decided, reservationId },
    organizationId: clinic.organizationId,
    strangersClinic: condesa.organizationId,
    /** One of each, by the names that paths give them. */
    ids: {
      ...{ profileId, serviceId, reservationId, requestId: pending.requestId },
      slotId: slotId("2040-03-06T15:00"),
      ruleId: rule.ruleId,
      exceptionId: exception.exceptionId,
      entryId,
      offerId: offered.offerId,
      prescriptionId,
      messageId,
      runId: runs.failed,
      patientId: (await admin.listPatients({})).items[0]!.patientId,
    },
    tokens: {
      admin: await clinic.join("admin"),
      doctor: await clinic.join("doctor", profileId),
      nurse: await clinic.join("nurse", profileId),
      colleague: await clinic.join("doctor", colleague.profileId),
      // Says to care for a profile of a clinic that is not theirs.
      stranger: await condesa.join("admin", profileId),
    },
  };
}

export type Scene = Awaited<ReturnType<typeof openScene>>;
