import type { Prescription, Visit } from "./book.ts";
import { type Life, tried } from "./life.ts";
import { medications } from "./medications.ts";
import { DAY } from "./time.ts";

/** A medication is prescribed at some of the visits that took place, and some of them are ended early. */
export async function mayPrescribe(life: Life, visit: Visit): Promise<void> {
  const { office, chance, turns, book, plans, now } = life;
  if (!turns.prescribes()) return;
  const { organizationId, language } = visit.calendar;
  const reservationId = visit.reservationId!;
  const terms = chance.pick(medications[language]);
  const { frequency, duration } = terms;
  const issuedAt = now();
  const issued = await tried(life, "prescribe", () =>
    office.call((lines) =>
      lines.admin(organizationId).createPrescription({
        params: { reservationId },
        body: { medicationName: "Paracetamol", dosage: "500 mg", frequency, duration },
        idempotencyKey: `prescribe-${reservationId}`,
      }),
    ),
  );
  if (!issued) return;
  const prescription: Prescription = { prescriptionId: issued.prescriptionId, visit, terms, issuedAt };
  book.prescriptions.push(prescription);
  if (chance.happens(0.3)) {
    const early = now() + Math.floor(chance.next() * terms.days * DAY);
    plans.add(early, () => endEarly(life, prescription));
  }
}

async function endEarly(life: Life, prescription: Prescription): Promise<void> {
  const { office, now } = life;
  const { prescriptionId, visit } = prescription;
  const endedAt = now();
  const ended = await tried(life, "end a prescription", () =>
    office.call((lines) =>
      lines.admin(visit.calendar.organizationId).endPrescription({
        params: { prescriptionId },
        body: { reason: "Side effects." },
        idempotencyKey: `end-${prescriptionId}`,
      }),
    ),
  );
  if (ended) prescription.endedAt = endedAt;
}
