import { type Teller, teller } from "@turno/core/testing";
import { expect } from "vitest";
import { type Clinic, type Options, openClinic, type Trouble } from "../clinic.ts";
import { type Effects, effectsOf } from "./effects.ts";

/** What happens at a clinic, told once, to be lived with trouble and without. */
export interface Life {
  readonly name: string;
  /** The workflows that it goes through to their end. */
  readonly workflows: readonly string[];
  readonly clinic?: Options;
  /** Leaves so much time after each thing that happens that whatever has to be tried again is. */
  live(clinic: Clinic, teller: Teller): Promise<void>;
}

/** What a life comes to, with its every step in trouble once or in none. */
export async function lived(life: Life, trouble?: Trouble): Promise<Effects> {
  const till = teller();
  const opened = await openClinic({ payments: () => till, ...life.clinic, ...(trouble && { trouble }) });
  const told: string[][] = [];
  let seen = 0;
  const clinic: Clinic = {
    ...opened,
    async advance(to) {
      await opened.advance(to);
      const { messages } = opened.channel;
      // What is told at one moment has no order.
      told.push(messages.slice(seen).map(lineOf).sort());
      seen = messages.length;
    },
  };
  await life.live(clinic, till);
  expectEnded(clinic, life);
  if (trouble === "thrown") expectTried(clinic);
  return effectsOf(clinic, { told, teller: till });
}

const lineOf = ({ to, channel, language, template }: Clinic["channel"]["messages"][number]): string =>
  `${to} ${template} by ${channel} in ${language}`;

/** Nothing is under way any more, nothing has failed, and every workflow of the life has come to its end. */
function expectEnded({ engine, runs }: Clinic, { workflows }: Life): void {
  const open = engine
    .runs({ limit: 10_000 })
    .filter(({ status }) => status === "Running" || status === "Failed")
    .map(({ functionId, status, error }) => [functionId, status, error?.message]);
  expect(open).toEqual([]);
  const idle = workflows.filter((id) => !runs(id).some(({ status }) => status === "Completed"));
  expect(idle).toEqual([]);
}

/** Every step of every run threw once and was tried again, which may have come to nothing where the run was ended. */
function expectTried({ engine, thrown }: Clinic): void {
  const untried = engine.runs({ limit: 10_000 }).flatMap(({ id, functionId, steps }) =>
    steps
      .filter(({ op, status }) => /^Step/.test(op) && status !== "retrying" && status !== "planned")
      .filter((step) => thrown?.begun(id, step.id) !== 2)
      .map((step) => `${functionId}: ${step.id}`),
  );
  expect(untried).toEqual([]);
}
