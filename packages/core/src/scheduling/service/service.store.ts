import {
  type Actor,
  type Context,
  commit,
  idFrom,
  lastWins,
  NotFound,
  nameOf,
  type Operation,
  Outbox,
  onceOnly,
  type Practice,
  repeated,
  requireCalendar,
  requireStaff,
  Stale,
} from "../../platform/index.ts";
import { ServiceEntity } from "./service.entity.ts";
import type { MedicalService, NewService, ServiceEdit } from "./service.ts";

const memoryKey = (profileId: string): string => `services/${profileId}`;

/** Every service of a profile, active or not, in the order they were added. */
export function all(context: Context, profileId: string): Promise<MedicalService[]> {
  return context.memory.recall(memoryKey(profileId), () => stored(context, profileId));
}

const offered = (services: MedicalService[]): MedicalService[] => services.filter(({ active }) => active);

/** What patients may book. */
export async function active(context: Context, profileId: string): Promise<MedicalService[]> {
  return offered(await all(context, profileId));
}

/** The same, read fresh: for what follows from a change that another process has just made. */
export async function activeNow(context: Context, profileId: string): Promise<MedicalService[]> {
  return offered(await stored(context, profileId));
}

/** What is not offered any more, for staff of the clinic: they may offer it again. Throws `not-found`, `forbidden`. */
export async function inactive(
  context: Context,
  actor: Actor,
  { profileId, organizationId }: Practice,
): Promise<MedicalService[]> {
  requireStaff(actor, organizationId, "profile", profileId);
  return (await stored(context, profileId)).filter(({ active }) => !active);
}

async function stored(context: Context, profileId: string): Promise<MedicalService[]> {
  const { data } = await ServiceEntity.query
    .primary({ profileId })
    .go({ ...context.table, consistent: true, pages: "all" });
  return data;
}

/** One service of a profile. Throws {@link NotFound}. */
export async function get(context: Context, profileId: string, serviceId: string): Promise<MedicalService> {
  const service = (await all(context, profileId)).find((candidate) => candidate.serviceId === serviceId);
  if (!service) throw new NotFound("service", serviceId);
  return service;
}

/** Offers a new service. A repeated operation answers with the service it made. */
export async function create(
  context: Context,
  actor: Actor,
  practice: Practice,
  input: NewService,
  operation: Operation,
): Promise<MedicalService> {
  const { profileId, organizationId, currency } = practice;
  requireCalendar(actor, practice, "profile", profileId);
  const service: MedicalService = {
    ...input,
    serviceId: idFrom("service", operation.id),
    profileId,
    organizationId,
    currency,
    active: true,
    version: 1,
  };
  const { serviceId, name, duration, price, category } = service;
  const made = async () => {
    await commit(context, [
      {
        action: "Put",
        change: ServiceEntity.create({ ...service, mark: operation.content }),
        refused: repeated(operation),
      },
      Outbox.tell(context, actor, {
        organizationId,
        about: serviceId,
        events: ["medical-service/created"],
        data: { serviceId, profileId, name, duration, price, currency, category, createdBy: nameOf(actor) },
      }),
    ]);
    context.memory.forget(memoryKey(profileId));
    return service;
  };
  return onceOnly(made, async () => service);
}

/** The service with this id, read fresh. Throws {@link NotFound}. */
export async function byId(context: Context, serviceId: string): Promise<MedicalService> {
  const { data } = await ServiceEntity.query
    .byId({ serviceId })
    .go({ ...context.table, attributes: ["profileId"] });
  for (const { profileId } of data) {
    const { data: service } = await ServiceEntity.get({ profileId, serviceId }).go({
      ...context.table,
      consistent: true,
    });
    if (service) return service;
  }
  throw new NotFound("service", serviceId);
}

/**
 * Changes what is offered from now on; bookings keep what they were made with.
 *
 * `version` is the one that was read; without it the last edit wins. Throws {@link NotFound}, {@link Stale}.
 */
export async function edit(
  context: Context,
  actor: Actor,
  serviceId: string,
  changes: ServiceEdit,
  version?: number,
): Promise<MedicalService> {
  return lastWins(version, () => change(context, actor, serviceId, changes, version));
}

async function change(
  context: Context,
  actor: Actor,
  serviceId: string,
  changes: ServiceEdit,
  version: number | undefined,
): Promise<MedicalService> {
  const before = await byId(context, serviceId);
  requireCalendar(actor, before, "service", serviceId);
  const { profileId, organizationId } = before;
  const expected = version ?? before.version;
  const { name, description, duration, price, requirements } = changes;
  await commit(context, [
    {
      action: "Update",
      change: ServiceEntity.patch({ profileId, serviceId })
        .set({ ...changes, version: expected + 1 })
        .composite({ serviceId })
        .where((stored, { eq }) => eq(stored.version, expected)),
      refused: () => new Stale("service"),
    },
    Outbox.tell(context, actor, {
      organizationId,
      about: serviceId,
      events: ["medical-service/updated"],
      data: {
        serviceId,
        profileId,
        changes: { name, description, duration, price, requirements },
        updatedBy: nameOf(actor),
      },
    }),
  ]);
  context.memory.forget(memoryKey(profileId));
  return { ...before, ...changes, version: expected + 1 };
}
