import type { EntityItem } from "electrodb";
import {
  type Context,
  epochMillis,
  type Found,
  type Instant,
  idFrom,
  inShards,
  instantOf,
  mark,
  NotFound,
  type Operation,
  refusedOrRepeated,
  repeated,
  shardOf,
  ulidIn,
  type Write,
} from "../../platform/index.ts";
import { RequestEntity } from "./request.entity.ts";
import { AlreadyDecided, type Listed, type Request, type RequestStatus, statusAt } from "./request.ts";

/** The request as it stands now. Throws {@link NotFound}. */
export async function get(context: Context, requestId: string): Promise<Request> {
  const found = await find(context, ulidIn(requestId));
  if (!found) throw new NotFound("request", requestId);
  return found;
}

export async function find(context: Context, appointmentId: string): Promise<Request | undefined> {
  const { data } = await RequestEntity.get({ appointmentId }).go({ ...context.table, consistent: true });
  return data ? requestFrom(data) : undefined;
}

const requestFrom = ({
  stage,
  outcome,
  listedAt,
  shard,
  ...row
}: EntityItem<typeof RequestEntity>): Request => ({
  ...row,
  status: stage,
  ...(stage !== "pending" && { decidedAt: listedAt }),
});

/** The write that keeps a new request. */
export const insert = ({ status, ...rest }: Request, operation: Operation): Write => ({
  action: "Put",
  change: RequestEntity.create({
    ...rest,
    stage: status,
    mark: operation.content,
    listedAt: rest.expiresAt,
    shard: shardOf(rest.appointmentId),
  }),
  refused: repeated(operation),
});

interface Decision {
  readonly to: Exclude<RequestStatus, "pending">;
  readonly at: Instant;
  readonly reason?: string;
  readonly operation?: Operation;
}

/**
 * The write that decides a pending request: of all that try, exactly one finds it pending.
 *
 * Only expiry is for after `expiresAt`, everything else for before.
 */
export function decide(request: Request, { to, at, reason, operation }: Decision): Write {
  const { appointmentId, profileId, expiresAt } = request;
  const change = RequestEntity.patch({ appointmentId })
    .set({
      stage: to,
      listedAt: at,
      ...(to !== "approved" && { outcome: to }),
      ...(reason && { reason }),
      ...(operation && { decisionMark: mark(operation) }),
    })
    // Every member of the indexes, or ElectroDB leaves the row in the inbox and the due queue.
    .composite({ profileId, expiresAt, shard: shardOf(appointmentId) })
    .where((stored, { eq, gt, lte }) => {
      const inTime = to === "expired" ? lte(stored.expiresAt, at) : gt(stored.expiresAt, at);
      return `${eq(stored.stage, "pending")} AND ${inTime}`;
    });
  const refused = (found: Found): Error => {
    const refusal = decidedAlready(request, found, at);
    return operation ? refusedOrRepeated(operation, found?.dm, refusal) : refusal;
  };
  return { action: "Update", change, refused };
}

function decidedAlready(request: Request, found: Found, at: Instant): Error {
  const requestId = idFrom("request", request.appointmentId);
  if (!found) return new NotFound("request", requestId);
  return new AlreadyDecided(requestId, statusAt({ ...request, status: found.stage as RequestStatus }, at));
}

interface Page {
  readonly items: Listed[];
  readonly cursor: string | null;
}

/** A calendar's requests in one status: pending by nearest expiry, others by latest decision. */
export async function byStatus(
  context: Context,
  profileId: string,
  status: RequestStatus,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<Page> {
  const { data, cursor: next } = await RequestEntity.query.byStatus({ profileId, stage: status }).go({
    ...context.table,
    limit,
    cursor: cursor ?? null,
    order: status === "pending" ? "asc" : "desc",
  });
  return { items: data.map(requestFrom), cursor: next };
}

/** The requests of all clinics whose hold has ended by `now` and is not cleared yet, oldest first in each shard. */
export async function due(context: Context, now: Instant): Promise<Request[]> {
  const after = instantOf(epochMillis(now) + 1);
  const rows = await inShards((shard) =>
    RequestEntity.query
      .due({ shard })
      .lt({ expiresAt: after })
      .go({ ...context.table, pages: "all", hydrate: true }),
  );
  return rows.map(requestFrom);
}

/** Those of one calendar, oldest first: one query where all calendars take one for each shard. */
export async function dueOf(context: Context, profileId: string, now: Instant): Promise<Request[]> {
  const { data } = await RequestEntity.query
    .byStatus({ profileId, stage: "pending" })
    .lte({ listedAt: now })
    .go({ ...context.table, pages: "all", hydrate: true });
  return data.map(requestFrom);
}
