import { Organization } from "@turno/core/identity";
import { type Context, Daily } from "@turno/core/platform";

const zoneOf = async (context: Context, organizationId: string): Promise<string> =>
  (await Organization.get(context, organizationId)).timezone;

/** Three steps for each clinic and 1,000 to a run: the others are taken by the next tick. */
const CLINICS_PER_TICK = 200;

/** The clinics whose time for the job has come. */
export async function clinicsDue(context: Context, job: Daily.Job): Promise<Daily.Visit[]> {
  const visits = await Daily.due(context, job, {
    organizationIds: await Organization.allIds(context),
    zoneOf: (organizationId) => zoneOf(context, organizationId),
  });
  return visits.slice(0, CLINICS_PER_TICK);
}

/** Notes that the clinic has had the job on this day. */
export async function clinicDone(context: Context, job: Daily.Job, visit: Daily.Visit): Promise<void> {
  await Daily.done(context, job, visit, await zoneOf(context, visit.organizationId));
}
