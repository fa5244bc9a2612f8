import { runMetrics } from "@turno/functions";
import type { MetricName } from "@turno/functions/metrics";
import { expect, test } from "vitest";
import { openClinic } from "./clinic.ts";

type Values = Partial<Record<MetricName, number>>;

/** A clinic, and what has been measured in it. */
async function measuredClinic() {
  const measured: Values[] = [];
  const clinic = await openClinic({ observer: runMetrics((values) => measured.push(values)) });
  const generate = (profileId: string) =>
    clinic.send({
      name: "slot/generate-daily",
      data: {
        ...{ profileId, targetDate: "2026-03-10", generateForServices: [] },
        timezone: clinic.practice.timezone,
      },
    });
  const ended = () => measured.filter(({ WorkflowExecutions }) => WorkflowExecutions);
  return { ...clinic, measured, generate, ended };
}

test("a run that ends is counted once, with the slots that it made, however many calls it took", async () => {
  const { generate, ended, measured, practice } = await measuredClinic();
  await generate(practice.profileId);
  expect(ended()).toEqual([{ WorkflowExecutions: 1, SlotsGenerated: 12 }]);
  const durations = measured.filter(({ WorkflowDuration }) => WorkflowDuration !== undefined);
  expect(durations.length).toBeGreaterThan(1);
});

test("a run that fails for good is counted as a failure, once", async () => {
  const { generate, ended } = await measuredClinic();
  await generate("prf_01JQ0000000000000000000000");
  expect(ended()).toEqual([{ WorkflowExecutions: 1, WorkflowFailures: 1 }]);
});
