import {
  type Actor,
  Audit,
  type Context,
  type Practice,
  requireCareTeam,
  requireParty,
} from "../../platform/index.ts";
import { byStatus, get } from "./request.store.ts";
import { type RequestStatus, type RequestSummary, type RequestView, summaryOf, viewOf } from "./request.ts";

/** One request with its clinical details, for its patient and the care team; the reading is logged. */
export async function view(context: Context, actor: Actor, requestId: string): Promise<RequestView> {
  const request = await get(context, requestId);
  requireParty(actor, request, "request", requestId);
  const { organizationId } = request;
  await Audit.read(context, actor, { organizationId, about: requestId, what: "request" });
  return viewOf(request, context.now());
}

/** A calendar's requests in one status: pending by nearest expiry, others by latest decision. */
export async function inbox(
  context: Context,
  actor: Actor,
  practice: Practice,
  { status, limit, cursor }: { status: RequestStatus; limit: number; cursor?: string },
): Promise<{ items: RequestSummary[]; nextCursor?: string }> {
  requireCareTeam(actor, practice, "profile", practice.profileId);
  const now = context.now();
  const page = await byStatus(context, practice.profileId, status, { limit, cursor });
  const items = page.items
    .map((request) => summaryOf(request, now))
    // Its time is up, and only the row does not know yet.
    .filter((request) => request.status === status);
  return { items, ...(page.cursor && { nextCursor: page.cursor }) };
}
