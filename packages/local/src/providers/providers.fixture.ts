import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Channel } from "@turno/core/notifications";
import type { ProviderName } from "@turno/core/platform";
import { channelsFrom } from "@turno/providers";
import { onTestFinished } from "vitest";
import { listen } from "../server/index.ts";
import { type Providers, startProviders } from "./providers.ts";
import type { Registered } from "./templates.ts";

/** Monday, 2 March 2026, 09:00 UTC. */
export const NINE = Date.parse("2026-03-02T09:00:00Z");
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export interface Scene {
  readonly providers: Providers;
  readonly clock: { time: number; now(): number; moveTo(instant: number): void };
  readonly stateDir: string;
  /** What the providers told us, in order. */
  readonly told: Told[];
  /** How the next call of a webhook is answered. */
  answerHooks(status: number): void;
  channel(provider: ProviderName): Channel.Channel;
  /** Lets time pass and the providers tell what falls due. */
  pass(millis: number): Promise<void>;
}

interface Told {
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

const named = ["patient_name", "appointment_time"].map((param_name) => ({ param_name, example: "…" }));

/** One text, as WhatsApp has approved it. */
const registered: Registered = {
  meta: [
    {
      name: "appointment_confirmed",
      language: "es",
      category: "UTILITY",
      parameter_format: "NAMED",
      components: [
        {
          type: "BODY",
          text: "Hola, {{patient_name}}.\nCuándo: {{appointment_time}}",
          example: { body_text_named_params: named },
        },
      ],
    },
  ],
  twilio: [
    {
      content: {
        friendly_name: "appointment_confirmed_es",
        language: "es",
        variables: { 1: "…", 2: "…" },
        types: { "twilio/text": { body: "Hola, {{1}}.\nCuándo: {{2}}" } },
      },
      approval: { name: "appointment_confirmed", category: "UTILITY" },
    },
  ],
};

export async function openProviders(stateDir = temporaryFolder()): Promise<Scene> {
  const told: Told[] = [];
  let status = 200;
  const api = await listen(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    told.push({ url: request.url!, headers: request.headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(status).end();
  });
  const clock = {
    time: NINE,
    now: () => clock.time,
    moveTo(instant: number) {
      clock.time = instant;
    },
  };
  const providers = await startProviders({ stateDir, clock, registered, apiUrl: () => api.url });
  onTestFinished(async () => {
    await providers.close();
    await api.close();
  });
  return {
    ...{ providers, clock, stateDir, told },
    answerHooks(next) {
      status = next;
    },
    channel: (provider) =>
      channelsFrom({ ...providers.variables(provider), API_URL: api.url }, clock.now)(provider)!,
    async pass(millis) {
      const target = clock.time + millis;
      for (;;) {
        const next = providers.nextDueAt();
        if (next === undefined || next > target) break;
        clock.moveTo(Math.max(next, clock.time));
        await providers.runDue();
      }
      clock.moveTo(target);
    },
  };
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "turno-providers-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const aMessage = (changes: Partial<Channel.OutgoingMessage> = {}): Channel.OutgoingMessage => ({
  idempotencyKey: "ntf_01JDWXR3M8Q6V9T2KZB4N7HC5E.whatsapp",
  reference: "ntf_01JDWXR3M8Q6V9T2KZB4N7HC5E-01JDWXR3M8Q6V9T2KZB4N7HC5F-whatsapp",
  channel: "whatsapp",
  to: "+525512345678",
  sender: "+525550000000",
  language: "es",
  template: "appointment_confirmed",
  parameters: { patient_name: "Ana Torres", appointment_time: "lunes 2 de marzo, 09:00" },
  body: "Hola, Ana Torres.\nCuándo: lunes 2 de marzo, 09:00",
  ...changes,
});

/** What a call fails with. */
export const failureOf = (sending: Promise<unknown>): Promise<unknown> =>
  sending.then(
    () => undefined,
    (error: unknown) => error,
  );

/** An address of this machine at which nobody listens any more. */
export async function nobody(): Promise<string> {
  const server = await listen(async () => undefined);
  await server.close();
  return server.url;
}
