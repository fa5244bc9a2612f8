import {
  type Actor,
  type Context,
  commit,
  Invalid,
  idFrom,
  lastWins,
  localDateOf,
  NotFound,
  nameOf,
  type Operation,
  Outbox,
  onceOnly,
  type Practice,
  repeated,
  requireCalendar,
  Stale,
  type Write,
} from "../../platform/index.ts";
import { RuleEntity } from "./availability.entity.ts";
import type { AvailabilityRule, NewRule, RuleEdit } from "./availability.ts";

type Stored = AvailabilityRule & { organizationId: string };

/** A calendar's weekly hours. */
export async function all(context: Context, profileId: string): Promise<AvailabilityRule[]> {
  const { data } = await RuleEntity.query
    .primary({ profileId })
    .go({ ...context.table, consistent: true, pages: "all" });
  return data;
}

/** The rule with this id as it stands now. Throws {@link NotFound}. */
export async function byId(context: Context, ruleId: string): Promise<Stored> {
  const { data } = await RuleEntity.query
    .byId({ ruleId })
    .go({ ...context.table, attributes: ["profileId"] });
  for (const { profileId } of data) {
    const stored = await RuleEntity.get({ profileId, ruleId }).go({ ...context.table, consistent: true });
    if (stored.data) return stored.data;
  }
  throw new NotFound("availability rule", ruleId);
}

const told = (context: Context, actor: Actor, practice: Practice, ruleId: string, rule: RuleEdit): Write =>
  Outbox.tell(context, actor, {
    organizationId: practice.organizationId,
    about: ruleId,
    events: ["availability/changed"],
    data: {
      profileId: practice.profileId,
      changedBy: nameOf(actor),
      changes: {
        dayOfWeek: rule.dayOfWeek,
        startTime: rule.startTime,
        endTime: rule.endTime,
        slotDuration: rule.slotDuration,
        bufferTime: rule.bufferTime,
      },
      effectiveDate: localDateOf(context.now(), practice.timezone),
    },
  });

/** Adds weekly hours. A repeated operation answers with the rule it made. */
export async function create(
  context: Context,
  actor: Actor,
  practice: Practice,
  input: NewRule,
  operation: Operation,
): Promise<AvailabilityRule> {
  const { profileId, organizationId } = practice;
  requireCalendar(actor, practice, "profile", profileId);
  const rule: Stored = {
    ...input,
    ruleId: idFrom("rule", operation.id),
    profileId,
    organizationId,
    version: 1,
  };
  const made = async () => {
    await commit(context, [
      {
        action: "Put",
        change: RuleEntity.create({ ...rule, mark: operation.content }),
        refused: repeated(operation),
      },
      told(context, actor, practice, rule.ruleId, rule),
    ]);
    return rule;
  };
  return onceOnly(made, async () => rule);
}

/**
 * Changes weekly hours. `version` is the one that was read; without it the last edit wins.
 *
 * Throws {@link NotFound}, {@link Stale}, {@link Invalid}.
 */
export async function edit(
  context: Context,
  actor: Actor,
  practice: Practice,
  ruleId: string,
  changes: RuleEdit,
  version?: number,
): Promise<AvailabilityRule> {
  return lastWins(version, () => change(context, actor, practice, ruleId, changes, version));
}

async function change(
  context: Context,
  actor: Actor,
  practice: Practice,
  ruleId: string,
  changes: RuleEdit,
  version: number | undefined,
): Promise<AvailabilityRule> {
  const before = await byId(context, ruleId);
  requireCalendar(actor, before, "availability rule", ruleId);
  const expected = version ?? before.version;
  const after = { ...before, ...changes, version: expected + 1 };
  if (after.startTime >= after.endTime) throw new Invalid("/endTime", "must be after startTime");
  await commit(context, [
    {
      action: "Update",
      change: RuleEntity.patch({ profileId: before.profileId, ruleId })
        .set({ ...changes, version: expected + 1 })
        .composite({ ruleId })
        .where((stored, { eq }) => eq(stored.version, expected)),
      refused: () => new Stale("availability rule"),
    },
    told(context, actor, practice, ruleId, after),
  ]);
  return after;
}

/** Takes weekly hours away; what is booked stays. Throws {@link NotFound}. */
export async function remove(
  context: Context,
  actor: Actor,
  practice: Practice,
  ruleId: string,
): Promise<void> {
  const before = await byId(context, ruleId);
  requireCalendar(actor, before, "availability rule", ruleId);
  await commit(context, [
    {
      action: "Delete",
      change: RuleEntity.remove({ profileId: before.profileId, ruleId }),
      refused: () => new NotFound("availability rule", ruleId),
    },
    told(context, actor, practice, ruleId, before),
  ]);
}
