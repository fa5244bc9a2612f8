import {
  type Actor,
  Audit,
  type ChannelName,
  type Context,
  commit,
  isConditionFailure,
  nameOf,
  type QuietHours,
  Stale,
  unexpected,
  type Write,
} from "../../platform/index.ts";
import { ConsentEntity, PreferenceEntity } from "./preference.entity.ts";
import type { Consent } from "./preference.ts";

/** Whose preferences they are. */
export interface Person {
  readonly organizationId: string;
  readonly patientId: string;
}

/** What is known of how somebody wants to be told things; empty for most. */
export interface Known {
  readonly channels?: readonly ChannelName[];
  readonly quietHours?: QuietHours;
  readonly detail?: "full" | "minimal";
  readonly outreach?: Consent;
  /** A Web Push subscription as JSON. */
  readonly device?: string;
  /** 0 where nothing was ever chosen. */
  readonly version: number;
}

/** What a patient has chosen, in this clinic. */
export async function of(context: Context, { organizationId, patientId }: Person): Promise<Known> {
  const { data } = await PreferenceEntity.get({ patientId }).go({ ...context.table, consistent: true });
  return data && data.organizationId === organizationId ? (data as Known) : { version: 0 };
}

/** Keeps what is chosen now in place of `before`, and each consent for good. Throws {@link Stale}. */
export async function keep(
  context: Context,
  actor: Actor,
  person: Person,
  before: Known,
  after: Omit<Known, "version">,
): Promise<Known> {
  const known = { ...after, version: before.version + 1 };
  const said = after.outreach !== before.outreach && after.outreach;
  const row = { ...person, ...known, channels: known.channels && [...known.channels] };
  await commit(context, [
    {
      action: "Put",
      change: PreferenceEntity.put(row).where(({ version }, { eq, notExists }) =>
        before.version === 0 ? notExists(version) : eq(version, before.version),
      ),
      refused: () => new Stale("preferences"),
    },
    ...(said ? [consent(context, actor, person, said)] : []),
    Audit.write({
      org: person.organizationId,
      about: person.patientId,
      entryId: context.newUlid(),
      action: "preferences/changed",
      by: nameOf(actor),
      at: context.now(),
    }),
  ]);
  return known;
}

const consent = (context: Context, actor: Actor, person: Person, said: Consent): Write => ({
  action: "Put",
  change: ConsentEntity.create({ ...person, ...said, consentId: context.newUlid(), by: nameOf(actor) }),
  refused: unexpected("consent"),
});

/** Everything that a patient agreed to or withdrew, oldest first. */
export async function consents(
  context: Context,
  { organizationId, patientId }: Person,
): Promise<(Consent & { readonly by: string })[]> {
  const { data } = await ConsentEntity.query.primary({ patientId }).go({ ...context.table, pages: "all" });
  return data
    .filter((entry) => entry.organizationId === organizationId)
    .map(({ given, how, at, by }) => ({ given, how: how as Consent["how"], at, by }));
}

/** Forgets a browser that takes no messages any more, unless there is another by now. */
export async function forgetDevice(context: Context, { patientId }: Person, gone: string): Promise<void> {
  try {
    await PreferenceEntity.patch({ patientId })
      .data(({ device }, { remove }) => remove(device))
      .where(({ device }, { eq }) => eq(device, gone))
      .go(context.table);
  } catch (error) {
    if (!isConditionFailure(error)) throw error;
  }
}
