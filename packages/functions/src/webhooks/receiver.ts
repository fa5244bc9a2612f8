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

/** What is done about each part of a call. */
interface Handling<Part> {
  /** Does what a part says, and returns why it makes no sense here, where it does not. */
  takeOne(context: Context, part: Part): Promise<string | undefined>;
  /** What a part is about: parts about the same are taken in their order. */
  aboutOf(part: Part): string;
}

/** Takes the calls of a webhook part by part, and parks those with parts that make no sense here. */
export const receiverOf = <Secrets, Part>(
  webhook: Webhook<Secrets, Part>,
  secrets: Secrets,
  { takeOne, aboutOf }: Handling<Part>,
): Receiver => ({
  verify: (request, { context }) => webhook.verify(request, secrets, context.now()),
  async take(request, office) {
    const lines = Map.groupBy(webhook.parse(request), aboutOf);
    const answers = await inLines([...lines.values()], (part) => takeOne(office.context, part));
    const misfits = answers.filter((misfit) => misfit !== undefined);
    if (misfits.length > 0) await park(office, webhook.name, misfits, request.body);
  },
});

/** A call of Meta's may have a thousand parts, and the Lambda has 29 seconds. */
const LINES_AT_ONCE = 10;

/**
 * Takes several lines at once, each from its first part to its last; what fails ends its line and one of the hands.
 * Throws what failed when nothing is under way any more: the call comes again, and what was done changes nothing then.
 */
async function inLines<Part, Answer>(
  lines: readonly (readonly Part[])[],
  take: (part: Part) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[][] = lines.map(() => []);
  const left = lines.entries();
  const hands = Array.from({ length: LINES_AT_ONCE }, async () => {
    for (const [index, line] of left) for (const part of line) answers[index]!.push(await take(part));
  });
  for (const hand of await Promise.allSettled(hands)) if (hand.status === "rejected") throw hand.reason;
  return answers.flat();
}

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
