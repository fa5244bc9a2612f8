import { Intake } from "@turno/core/notifications";
import type { Context } from "@turno/core/platform";
import type { Verified, Webhook, WebhookRequest } from "@turno/providers/webhooks";
import type { Measure } from "../metrics/metric.ts";

/** What a receiver works with. */
export interface Office {
  readonly context: Context;
  /** Hears what is counted; nobody when left out. */
  readonly measure?: Measure;
}

/** Takes the calls of one provider. */
export interface Receiver {
  /** Throws `BadSignature` and `StaleTimestamp`. */
  verify(request: WebhookRequest, office: Office): Verified | Promise<Verified>;
  /** Does what a verified call says. May be repeated; throws only what may pass, so that the provider calls again. */
  take(request: WebhookRequest, office: Office): Promise<void>;
  /** Answers the question whether this is the address that the provider was given. Throws `BadSignature`. */
  challenge?(request: WebhookRequest): string;
}

/** By the name that the address has for the provider. */
export type Receivers = Readonly<Record<string, Receiver>>;

/**
 * Takes the calls of a webhook part by part, and parks those with parts that make no sense here.
 *
 * `takeOne` does what a part says and returns why it makes no sense, where it does not.
 */
export const receiverOf = <Secrets, Part>(
  webhook: Webhook<Secrets, Part>,
  secrets: Secrets,
  takeOne: (context: Context, part: Part) => Promise<string | undefined>,
): Receiver => ({
  verify: (request, { context }) => webhook.verify(request, secrets, context.now()),
  async take(request, office) {
    const misfits: string[] = [];
    for (const part of webhook.parse(request)) {
      const misfit = await takeOne(office.context, part);
      if (misfit) misfits.push(misfit);
    }
    if (misfits.length > 0) await park(office, webhook.name, misfits, request.body);
  },
});

/** Keeps a call that makes no sense here, for whoever runs the stage to look at. */
async function park(
  { context, measure }: Office,
  provider: string,
  misfits: readonly string[],
  body: Buffer,
): Promise<void> {
  await Intake.park(context, {
    provider,
    reason: [...new Set(misfits)].slice(0, 5).join("; "),
    body: body.toString("utf8"),
  });
  measure?.({ WebhooksParked: misfits.length });
}
