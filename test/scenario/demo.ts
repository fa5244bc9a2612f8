import { createClient } from "@turno/client";
import { expect } from "vitest";
import { openStage } from "../stage/open.ts";

/** Where the demo's Dr. Ana Torres is reached. */
export const DOCTOR_PHONE = "+525511112222";

/** What a message of the stand-in says of itself. */
export interface Received {
  readonly template: string;
  readonly at: string;
  readonly body: string;
  readonly language: string;
}

/** The demo clinic as its patients and doctors use it: through the client, with a clock to move. */
export async function openDemoClinic() {
  const stage = await openStage();
  const { machine, url } = stage;
  const { demo } = machine;
  await stage.rest();

  const as = async (who: string) => {
    const { email } = demo.staff.find((member) => member.as === who)!;
    const token = await machine.issuer.mint({ subject: who, email, name: who, audience: machine.audience });
    return createClient({ baseUrl: url, token });
  };

  /** Does what is due, and what the last calls have set in motion. */
  const settled = (): Promise<void> => machine.advanceTo(machine.clock.now());
  const profile = (key: string) => demo.profiles.find((candidate) => candidate.key === key)!;

  return {
    machine,
    url,
    context: stage.context,
    anybody: createClient({ baseUrl: url }),
    withLink: (token: string) => createClient({ baseUrl: url, token }),
    as,
    profile,
    service: (profileKey: string, key: string): string =>
      profile(profileKey).services.find((service) => service.key === key)!.serviceId,
    settled,
    /** Moves the clock to an instant, doing everything on the way. */
    until: (instant: string): Promise<void> => machine.advanceTo(Date.parse(instant)),
    pass: (days: number): Promise<void> => machine.advanceTo(machine.clock.now() + days * 86_400_000),
    /** What reached a phone, oldest first. */
    async messagesTo(to: string): Promise<Received[]> {
      await settled();
      return machine.providers
        .messages({ to })
        .map(({ template = "", receivedAt, body, language = "" }) => ({
          template,
          at: receivedAt,
          body,
          language,
        }))
        .reverse();
    },
    failedRuns: () => machine.engine!.runs({ status: "failed" }),
  };
}

export type DemoClinic = Awaited<ReturnType<typeof openDemoClinic>>;

/** The templates of messages, in the order in which they came. */
export const templates = (messages: readonly Received[]): string[] =>
  messages.map(({ template }) => template);

/** Expects a message at an instant, give or take the moments that a machine needs. */
export function expectAt({ at }: Received, instant: string): void {
  const late = Date.parse(at) - Date.parse(instant);
  expect(late, `${at} is not ${instant}`).toBeGreaterThanOrEqual(0);
  expect(late, `${at} is not ${instant}`).toBeLessThan(60_000);
}

/** The free slots of a service on a day of the demo's second week: Tuesday, 13 March 2040. */
export const dayOf = async (
  clinic: DemoClinic,
  profileKey: string,
  serviceKey: string,
  date = "2040-03-13",
) => {
  const { items } = await clinic.anybody.listSlots({
    params: { profileId: clinic.profile(profileKey).profileId },
    query: { from: date, to: date, serviceId: clinic.service(profileKey, serviceKey) },
  });
  return items;
};

/** A patient of their own for each test, so that none sees another's messages. */
let patients = 0;
export const aPatient = (changes: object = {}) => ({
  patientName: "Lucía Ramírez",
  patientPhone: `+5255876${String(++patients).padStart(5, "0")}`,
  ...changes,
});
