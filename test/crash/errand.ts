import type { Client } from "@turno/client";

/** Who calls: a patient without a token, and the clinic's admin. */
export interface Callers {
  readonly anybody: Client;
  readonly admin: Client;
}

/** A call that is made until it is answered, always under the same key. Answers with what is to be done next. */
export type Errand = (callers: Callers) => Promise<Errand | undefined>;

/** What somebody was promised, as far as the API has said so. */
export interface Promised {
  readonly patientName: string;
  readonly patientPhone: string;
  requestId?: string;
  reservationId?: string;
}

interface Slot {
  readonly slotId: string;
  readonly serviceId: string;
}

/** A patient asks for a slot, and nobody decides. */
export const asking =
  (promised: Promised, { slotId, serviceId }: Slot): Errand =>
  async ({ anybody }) => {
    const { patientName, patientPhone } = promised;
    const asked = await anybody.createRequest({
      body: { slotId, serviceId, patientName, patientPhone, chiefComplaint: "Fiebre" },
      idempotencyKey: `ask-${patientPhone}`,
    });
    if (asked.status === "pending") promised.requestId = asked.requestId;
    else promised.reservationId = asked.reservationId;
    return undefined;
  };

/** A patient asks for a slot, and the clinic approves. */
export const askingAndApproving =
  (promised: Promised, slot: Slot): Errand =>
  async (callers) => {
    await asking(promised, slot)(callers);
    return approving(promised);
  };

const approving =
  (promised: Promised): Errand =>
  async ({ admin }) => {
    const { reservationId } = await admin.approveRequest({
      params: { requestId: promised.requestId! },
      idempotencyKey: `approve-${promised.patientPhone}`,
    });
    promised.reservationId = reservationId;
    return undefined;
  };

/** The desk books for a patient. */
export const booking =
  (promised: Promised, { slotId, serviceId }: Slot): Errand =>
  async ({ admin }) => {
    const { patientName, patientPhone } = promised;
    const { reservationId } = await admin.createReservation({
      body: { slotId, serviceId, patientName, patientPhone, source: "phone" },
      idempotencyKey: `book-${patientPhone}`,
    });
    promised.reservationId = reservationId;
    return undefined;
  };

const WORKERS = 4;

interface Crash {
  /** So many answers. */
  readonly after: number;
  readonly kill: () => Promise<void>;
}

/** Runs errands, some at a time, until there are none or everything crashes. One whose connection breaks is put back. */
export async function run(errands: Errand[], callers: Callers, crash?: Crash): Promise<void> {
  let answered = 0;
  const work = async (): Promise<void> => {
    for (let errand = errands.shift(); errand; errand = errands.shift()) {
      try {
        const next = await errand(callers);
        if (next) errands.unshift(next);
      } catch (error) {
        if (!isBroken(error)) throw error;
        errands.unshift(errand);
        return;
      }
      answered += 1;
      if (answered === crash?.after) return crash.kill();
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, work));
}

/** The platform's fetch throws this for a connection that broke or was refused. */
const isBroken = (error: unknown): boolean => error instanceof TypeError;
