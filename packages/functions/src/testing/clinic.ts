import { Member } from "@turno/core/identity";
import { idFrom, type Practice } from "@turno/core/platform";
import { Generation, type Service } from "@turno/core/scheduling";
import {
  byWhatsapp,
  offer,
  openDaily,
  openPractice,
  slotAt,
  type TestContext,
  testContext,
} from "@turno/core/testing";

/** Tuesday, 3 March 2026: the day whose slots are made. Times are 09:00 to 13:00 in Mexico City, UTC-6. */
export const TUESDAY = "2026-03-03";
export const at = (wallTime: string): string =>
  new Date(Date.parse(`${TUESDAY}T${wallTime}:00-06:00`)).toISOString();

export const staff = {
  doctor: "ana@clinica-roma.example",
  nurse: "nora@clinica-roma.example",
  admin: "alba@clinica-roma.example",
  colleague: "carlos@clinica-roma.example",
  stranger: "sara@otra.example",
} as const;

export type StaffName = keyof typeof staff;

export interface Clinic {
  readonly context: TestContext;
  readonly slug: string;
  readonly practice: Practice;
  /** Needs approval. */
  readonly consultation: Service.MedicalService;
  /** Is booked at once. */
  readonly checkup: Service.MedicalService;
  /** The slot of a service that starts at this wall time. */
  slot(wallTime: string, service?: Service.MedicalService): string;
}

/** A clinic in Mexico City with a doctor's open day, its staff, and a stranger from another clinic. */
export async function aClinic(): Promise<Clinic> {
  const context = await testContext();
  const slug = "clinica-roma";
  const clinicPhone = "+525550001000";
  const practice = await openPractice(context, { clinicPhone }, { slug, messaging: byWhatsapp });
  await addStaff(context, practice);
  const consultation = await offer(context, practice);
  const checkup = await offer(context, practice, { name: "Control", approval: "instant", duration: 30 });
  await openDaily(context, practice);
  await Generation.generate(context, practice, { from: TUESDAY, to: TUESDAY });
  return {
    context,
    slug,
    practice,
    consultation,
    checkup,
    slot: (wallTime, service = consultation) => slotAt(practice, service, at(wallTime)),
  };
}

async function addStaff(context: TestContext, { organizationId, profileId }: Practice): Promise<void> {
  const elsewhere = idFrom("organization", context.newUlid());
  const members = [
    { email: staff.doctor, roles: ["doctor" as const], careTeams: [profileId] },
    { email: staff.nurse, roles: ["nurse" as const], careTeams: [profileId] },
    { email: staff.admin, roles: ["admin" as const], careTeams: [] },
    { email: staff.colleague, roles: ["doctor" as const], careTeams: [] },
    { email: staff.stranger, roles: ["doctor" as const], careTeams: [profileId], organizationId: elsewhere },
  ];
  for (const member of members) {
    const memberId = idFrom("member", context.newUlid());
    await Member.add(context, { organizationId, memberId, name: "Somebody", ...member });
  }
}
