import { Request } from "@turno/core/booking";
import { Profile } from "@turno/core/identity";
import type { Context } from "@turno/core/platform";

/**
 * Ends a request whose time is up. Says what it has become: `expired`, also when it was before, or what whoever was
 * faster made of it.
 */
export async function expire(context: Context, requestId: string): Promise<{ ended: Request.RequestStatus }> {
  try {
    await Request.expire(context, Profile.practice, requestId);
    return { ended: "expired" };
  } catch (error) {
    if (!(error instanceof Request.AlreadyDecided)) throw error;
    return { ended: error.status };
  }
}
