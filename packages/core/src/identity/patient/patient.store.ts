import { createConversions } from "electrodb";
import {
  type Actor,
  Audit,
  type Context,
  Forbidden,
  formsOf,
  type Instant,
  isConditionFailure,
  type Language,
  lastWins,
  NotFound,
  requireStaff,
  Stale,
} from "../../platform/index.ts";
import { PatientEntity } from "./patient.entity.ts";
import { foldedName, type Patient, type PatientEdit } from "./patient.ts";

/**
 * The id of the patient whom a clinic knows by this name and phone.
 *
 * By both, since a mother books for her children with one phone, and their records must never be one.
 */
export const idOf = (context: Context, organizationId: string, name: string, phone: string): string =>
  `pat_${context.keys.derive("patient", organizationId, phone, foldedName(name))}`;

const phoneKeyOf = (context: Context, organizationId: string, phone: string): string =>
  context.keys.derive("phone", organizationId, phone);

interface Newcomer {
  organizationId: string;
  patientId: string;
  patientName: string;
  patientPhone: string;
  patientEmail?: string;
  language: Language;
  at: Instant;
}

/** Opens a record for whoever booked, unless there is one. May be repeated. */
export async function recognise(context: Context, { at, ...person }: Newcomer): Promise<void> {
  const phoneKey = phoneKeyOf(context, person.organizationId, person.patientPhone);
  try {
    await PatientEntity.create({ ...person, phoneKey, createdAt: at, version: 1 }).go(context.table);
  } catch (error) {
    if (!isConditionFailure(error)) throw error;
  }
}

/** The record as it stands now, for staff of its clinic; the reading is logged. Throws {@link NotFound}. */
export async function get(context: Context, actor: Actor, patientId: string): Promise<Patient> {
  const { data } = await PatientEntity.get({ patientId }).go({ ...context.table, consistent: true });
  if (!data) throw new NotFound("patient", patientId);
  requireStaff(actor, data.organizationId, "patient", patientId);
  await Audit.read(context, actor, {
    organizationId: data.organizationId,
    about: patientId,
    what: "patient",
  });
  return shown(data);
}

const shown = ({ phoneKey, ...patient }: Patient & { phoneKey: string }): Patient => patient;

interface Search {
  /** A phone in E.164, or a part of a name; everyone when left out. */
  query?: string;
  limit: number;
  cursor?: string;
}

/** How many names are looked through at once. */
const READ_AT_ONCE = 250;

/** Patients of the actor's clinic, in the order in which they came. */
export async function search(
  context: Context,
  actor: Actor,
  { query, limit, cursor }: Search,
): Promise<{ items: Patient[]; nextCursor?: string }> {
  if (actor.kind !== "staff") throw new Forbidden();
  const { organizationId } = actor;
  if (query?.startsWith("+")) return { items: await withPhone(context, organizationId, query) };
  const wanted = query ? foldedName(query) : "";
  const found: Found[] = [];
  let next: string | null = cursor ?? null;
  do {
    const page: { data: Found[]; cursor: string | null } = await PatientEntity.query
      .byOrganization({ organizationId })
      .go({
        ...context.table,
        limit: wanted ? READ_AT_ONCE : limit + 1,
        cursor: next,
        attributes: ["organizationId", "createdAt", "patientId", "patientName"],
      });
    next = page.cursor;
    found.push(...page.data.filter(({ patientName }) => foldedName(patientName).includes(wanted)));
  } while (next && found.length <= limit);
  const shownNow = found.slice(0, limit);
  const items = await all(
    context,
    shownNow.map(({ patientId }) => patientId),
  );
  const last = shownNow.at(-1);
  return { items, ...(last && found.length > limit && { nextCursor: cursorAfter(last) }) };
}

type Found = Pick<Patient, "organizationId" | "createdAt" | "patientId" | "patientName">;

const conversions = createConversions(PatientEntity);

const cursorAfter = ({ organizationId, createdAt, patientId }: Found): string =>
  conversions.byAccessPattern.byOrganization.fromComposite.toCursor({
    organizationId,
    createdAt,
    patientId,
  });

/**
 * Everybody whom a clinic knows by this phone, in whichever form it is given: a family may share one. For those who
 * answer a call of a provider; staff search.
 */
export async function byPhone(context: Context, organizationId: string, phone: string): Promise<Patient[]> {
  const known = await Promise.all(formsOf(phone).map((form) => withPhone(context, organizationId, form)));
  return known.flat();
}

async function withPhone(context: Context, organizationId: string, phone: string): Promise<Patient[]> {
  const phoneKey = phoneKeyOf(context, organizationId, phone);
  const { data } = await PatientEntity.query
    .byPhone({ phoneKey })
    .go({ ...context.table, pages: "all", attributes: ["patientId"] });
  return all(
    context,
    data.map(({ patientId }) => patientId),
  );
}

async function all(context: Context, ids: string[]): Promise<Patient[]> {
  const records = await Promise.all(
    ids.map((patientId) => PatientEntity.get({ patientId }).go(context.table)),
  );
  return records.flatMap(({ data }) => (data ? [shown(data)] : []));
}

/**
 * Corrects a record. `version` is the one that was read; without it the last edit wins.
 *
 * Throws {@link NotFound}, {@link Stale}.
 */
export function edit(
  context: Context,
  actor: Actor,
  patientId: string,
  changes: PatientEdit,
  version?: number,
): Promise<Patient> {
  return lastWins(version, () => change(context, actor, patientId, changes, version));
}

async function change(
  context: Context,
  actor: Actor,
  patientId: string,
  { patientEmail, birthDate, ...changes }: PatientEdit,
  version: number | undefined,
): Promise<Patient> {
  const before = await get(context, actor, patientId);
  const cleared = [
    ...(patientEmail === null ? (["patientEmail"] as const) : []),
    ...(birthDate === null ? (["birthDate"] as const) : []),
  ];
  try {
    const update = PatientEntity.patch({ patientId })
      .set({ ...changes, ...(patientEmail && { patientEmail }), ...(birthDate && { birthDate }) })
      .add({ version: 1 });
    const { data } = await (cleared.length > 0 ? update.remove(cleared) : update)
      .where((stored, { eq }) => eq(stored.version, version ?? before.version))
      .go({ ...context.table, response: "all_new" });
    return shown(data as Patient & { phoneKey: string });
  } catch (error) {
    if (isConditionFailure(error)) throw new Stale("patient");
    throw error;
  }
}
