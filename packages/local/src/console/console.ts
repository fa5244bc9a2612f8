import type { DepositTerms, ProviderName } from "@turno/core/platform";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import * as z from "zod";
import type { MovableClock } from "../clock/index.ts";
import { spanMs } from "../clock/index.ts";
import type { Demo } from "../demo/index.ts";
import type { Engine } from "../engine/index.ts";
import type { Issuer } from "../issuer/index.ts";
import {
  Fault,
  type Message,
  PaymentFault,
  type Payments,
  type Providers,
  phonePage,
  type Saying,
} from "../providers/index.ts";

/** What `/_local` shows and moves: the parts of this machine that no deployed stage has. */
export interface Machine {
  readonly demo: Demo;
  readonly clock: MovableClock;
  readonly issuer: Issuer;
  readonly audience: string;
  /** The stand-ins of the providers of messages. */
  readonly providers: Providers;
  /** What we call a message whose provider took it as free text; `undefined` when it is not known here. */
  readonly templateOf: (message: Message) => Promise<string | undefined>;
  /** Those in whose place the real ones are used. */
  readonly realProviders: readonly ProviderName[];
  /** The stand-in of the provider of payments. */
  readonly payments: Payments;
  /** Chooses what the demo clinic asks for in advance. */
  readonly askDeposits: (terms: DepositTerms | undefined) => Promise<void>;
  /** Not there when a workflow server of somebody else is used. */
  readonly engine: Engine | undefined;
  /** Moves the clock (epoch milliseconds) and answers when everything that fell due is done. */
  readonly advanceTo: (target: number) => Promise<void>;
}

type Result = APIGatewayProxyStructuredResultV2;
type Event = APIGatewayProxyEventV2;
type Answer = (machine: Machine, event: Event) => Result | Promise<Result>;

const json = (body: unknown, statusCode = 200): Result => ({
  statusCode,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

const problem = (statusCode: number, type: string, detail: string): Result => ({
  statusCode,
  headers: { "content-type": "application/problem+json" },
  body: JSON.stringify({ type: `urn:turno:problem:${type}`, title: type, status: statusCode, detail }),
});

/** Wrong use of these routes. */
class Misused extends Error {}

function bodyOf<Schema extends z.ZodType>({ body, isBase64Encoded }: Event, schema: Schema): z.infer<Schema> {
  const text = isBase64Encoded ? Buffer.from(body ?? "", "base64").toString() : (body ?? "");
  try {
    return schema.parse(JSON.parse(text || "{}"));
  } catch (error) {
    if (error instanceof z.ZodError) throw new Misused(z.prettifyError(error));
    throw new Misused("The body is not JSON.");
  }
}

const TokenWish = z.strictObject({ as: z.string() });

async function token({ demo, issuer, audience }: Machine, event: Event): Promise<Result> {
  const { as } = bodyOf(event, TokenWish);
  const member = demo.staff.find((candidate) => candidate.as === as || candidate.email === as);
  if (!member) {
    const known = demo.staff.map((candidate) => candidate.as).join(", ");
    return problem(
      404,
      "not-found",
      `The demo clinic has no "${as}". It has: ${known}, or one of their e-mail addresses.`,
    );
  }
  const { email } = member;
  return json({
    token: await issuer.mint({ subject: `demo|${member.as}`, email, name: member.as, audience }),
  });
}

const Move = z.union([
  z.strictObject({ advance: z.string() }),
  z.strictObject({ to: z.iso.datetime({ offset: true }) }),
]);

const shown = ({ clock }: Machine): Result => json({ now: new Date(clock.now()).toISOString() });

async function moveClock(machine: Machine, event: Event): Promise<Result> {
  const { clock, engine, advanceTo } = machine;
  if (!engine) {
    return problem(
      409,
      "clock-fixed",
      "The clock can be moved only with the embedded workflow engine: unset INNGEST_DEV.",
    );
  }
  const move = bodyOf(event, Move);
  const span = "advance" in move ? spanMs(move.advance) : undefined;
  if ("advance" in move && span === undefined) {
    return problem(422, "invalid", `"${move.advance}" is not a span of time: write 30m, 24h or 10d.`);
  }
  const target = "to" in move ? Date.parse(move.to) : clock.now() + span!;
  if (target < clock.now()) return problem(422, "invalid", "The clock only moves forward.");
  await advanceTo(target);
  return shown(machine);
}

const Answered = z.strictObject({
  from: z.string().min(1),
  to: z.string().min(1).optional(),
  channel: z.enum(["whatsapp", "sms"]),
  body: z.string().min(1).max(4096),
  inReplyTo: z.string().min(1).optional(),
});

/** What was sent, newest first, with our name of each template. */
async function messages({ providers, templateOf }: Machine, event: Event): Promise<Result> {
  // A plus that was not encoded arrives as a space, and every phone number begins with one.
  const to = event.queryStringParameters?.to?.replace(/^ /, "+");
  const named = async (message: Message): Promise<Message> => {
    const template = message.template ?? (await templateOf(message));
    return template === undefined ? message : { ...message, template };
  };
  return json({ items: await Promise.all(providers.messages({ to }).map(named)) });
}

/** A person writes to the clinic: to the number that wrote to them last, where they name none. */
function write({ providers }: Machine, event: Event): Result {
  const { from, to, channel, body, inReplyTo } = bodyOf(event, Answered);
  const last = providers
    .messages({ to: from })
    .find(
      (message) =>
        message.channel === channel &&
        (to === undefined || message.from === to) &&
        (inReplyTo === undefined || message.providerMessageId === inReplyTo),
    );
  if (!last) {
    return problem(404, "not-found", `No message of the clinic has reached ${from} that this could answer.`);
  }
  const saying: Saying = { provider: last.provider, channel, from, to: last.from, body };
  return json(providers.say({ ...saying, ...(inReplyTo && { inReplyTo }) }), 201);
}

function fail({ providers }: Machine, event: Event): Result {
  const fault = bodyOf(event, Fault);
  providers.fail(fault);
  return json(fault);
}

const Terms = z.strictObject({ depositPercent: z.int().min(0).max(100) });

/** The demo clinic asks for a share of the price in advance, from now on; for nothing when it is 0. */
async function askDeposits(machine: Machine, event: Event): Promise<Result> {
  const { depositPercent } = bodyOf(event, Terms);
  await machine.askDeposits(depositPercent > 0 ? { provider: "stripe", depositPercent } : undefined);
  return json({ depositPercent });
}

function failPayments({ payments }: Machine, event: Event): Result {
  const fault = bodyOf(event, PaymentFault);
  payments.fail(fault);
  return json(fault);
}

const answers: Record<string, Answer> = {
  "POST /_local/token": token,
  "GET /_local/demo": ({ demo }) => json(demo),
  "GET /_local/messages": messages,
  "POST /_local/messages": write,
  "POST /_local/faults": fail,
  "GET /_local/payments": ({ payments }) => json({ items: payments.taken() }),
  "PUT /_local/payments": askDeposits,
  "POST /_local/payments/faults": failPayments,
  "GET /_local/phone": ({ providers, clock }) => ({
    statusCode: 200,
    headers: { "content-type": "text/html; charset=utf-8" },
    body: phonePage(
      providers.messages().filter(({ fate }) => fate.status === "delivered"),
      providers.said(),
      clock.now(),
    ),
  }),
  "GET /_local/clock": shown,
  "POST /_local/clock": moveClock,
  "GET /_local/runs": ({ engine }, { queryStringParameters: query }) =>
    json({ items: engine?.runs({ workflow: query?.workflow, status: query?.status }) ?? [] }),
};

/** Moving the clock by a year takes its time. */
const TIMEOUT_MS = 1_800_000;

/** The routes of this machine alone. */
export const consoleRoutes = Object.keys(answers).map((key) => {
  const [method, path] = key.split(" ");
  return {
    method: method!,
    path: path!,
    authorizer: "none" as const,
    target: "local",
    timeoutMs: TIMEOUT_MS,
  };
});

/** Answers them, as a Lambda would. `machine` may come later than the first call. */
export const consoleFor =
  (machine: () => Machine | undefined) =>
  async (event: Event): Promise<Result> => {
    const ready = machine();
    if (!ready) return problem(503, "starting", "Turno is still starting.");
    try {
      return await answers[event.routeKey]!(ready, event);
    } catch (error) {
      if (error instanceof Misused) return problem(422, "invalid", error.message);
      throw error;
    }
  };
