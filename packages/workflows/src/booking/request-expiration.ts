import { Request } from "@turno/core/booking";
import { Profile } from "@turno/core/identity";
import { type Context, Outbox } from "@turno/core/platform";
import type { Desk } from "../desk.ts";
import { events } from "../events.ts";
import { Independent } from "../independent.ts";
import { sayToBoth } from "../message/index.ts";
import { countOnDay } from "./count.ts";
import { expire } from "./expire.ts";

const id = "request-expiration";

/** Tells both sides that a request ended without an answer; one that comes here still pending is ended first. */
export const requestExpiration = (desk: Desk) =>
  desk.inngest.createFunction(
    { id, triggers: events["reservation/request-expired"], concurrency: 10, retries: 2 },
    async ({ event, step }) => {
      const { requestId } = event.data;
      const { ended } = await step.run("expire", () => expire(desk.context, requestId));
      if (ended !== "expired") return { ended };
      const parts = new Independent();
      await sayToBoth(step, desk, parts, {
        ...{ workflow: id, about: requestId },
        ...{ patient: "request_expired_patient", doctor: "request_expired_doctor" },
      });
      await parts.outcomeOf(step.run("announce", () => announce(desk.context, requestId)));
      await parts.outcomeOf(step.run("count", () => count(desk.context, requestId)));
      parts.end();
      return { ended };
    },
  );

async function announce(context: Context, requestId: string): Promise<void> {
  const { organizationId, profileId, patientName, expiresAt } = await Request.get(context, requestId);
  const { doctorName } = await Profile.practice(context, profileId);
  await Outbox.announce(context, {
    organizationId,
    about: requestId,
    event: "doctor/request-expired",
    step: `${id}:announce`,
    at: expiresAt,
    data: { profileId, doctorName, requestId, patientName, expiredAt: expiresAt },
  });
}

async function count(context: Context, requestId: string): Promise<void> {
  const { organizationId, expiresAt } = await Request.get(context, requestId);
  await countOnDay(context, {
    ...{ organizationId, metric: "requests-expired" },
    ...{ at: expiresAt, occurrence: requestId },
  });
}
