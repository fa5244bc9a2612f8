import { rowsOf, type Teller, teller } from "@turno/core/testing";
import type { RunView, StepView } from "@turno/local/engine";
import { expect } from "vitest";
import { type Clinic, type Options, openClinic, type Trouble } from "../clinic.ts";
import { type Effects, effectsOf } from "./effects.ts";

/** What happens at a clinic, told once, to be lived with trouble and without. */
export interface Life {
  readonly name: string;
  /** The workflows that it goes through to their end. */
  readonly workflows: readonly string[];
  /** The workflows of which a run fails on the way, through no fault of its own. */
  readonly fails?: readonly string[];
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
  if (life.clinic?.recorded) await expectRecorded(clinic, trouble);
  if (trouble === "thrown") expectTried(clinic);
  return effectsOf(clinic, { told, teller: till });
}

const lineOf = ({ to, channel, language, template }: Clinic["channel"]["messages"][number]): string =>
  `${to} ${template} by ${channel} in ${language}`;

const allRuns = ({ engine }: Clinic) => engine.runs({ limit: 10_000 });

/** Nothing is under way any more, nothing has failed that should not, and every workflow has come to its end. */
function expectEnded(clinic: Clinic, { workflows, fails = [] }: Life): void {
  const unended = allRuns(clinic)
    .filter(({ status }) => status === "Running" || status === "Failed")
    .map(({ functionId, status }) => `${functionId} ${status}`);
  expect(unended).toEqual(fails.map((id) => `turno-${id} Failed`));
  const isLived = (id: string) => clinic.runs(id).some(({ status }) => status === "Completed");
  expect(workflows.filter((id) => !isLived(id))).toEqual([]);
}

/** Every step of every run threw once and was tried again, unless its run was ended in the meantime. */
function expectTried(clinic: Clinic): void {
  const tries = ({ id }: RunView, step: StepView) => clinic.thrown?.begun(id, step.id) ?? 0;
  const untried = allRuns(clinic).flatMap((run) =>
    run.steps
      .filter(({ op }) => op.startsWith("Step"))
      .filter((step) => step.status === "completed" && tries(run, step) !== 2)
      .map((step) => `${run.functionId}: ${step.id}`),
  );
  expect(untried).toEqual([]);
}

/** Each run that has ended is in the run log once, with every try of its steps. */
async function expectRecorded(clinic: Clinic, trouble?: Trouble): Promise<void> {
  const ended = allRuns(clinic)
    .filter(({ functionId }) => functionId !== "turno-record-run")
    .map(({ id, status }) => `${id} ${status.toLowerCase()}`);
  const log = (await rowsOf(clinic.context, "run")).filter(({ status }) => status !== undefined);
  expect(log.map(({ runId, status }) => `${runId} ${status}`).sort()).toEqual(ended.sort());
  if (trouble !== "thrown") return;
  const completed = log.filter(({ status }) => status === "completed");
  expect(completed.map(({ st, fa }) => [st, fa])).toEqual(completed.map(({ fa }) => [2 * Number(fa), fa]));
}
