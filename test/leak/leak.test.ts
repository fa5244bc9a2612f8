import { Run } from "@turno/core/operations";
import { allRows } from "@turno/core/testing";
import { expect, test } from "vitest";
import { openStage } from "../stage/open.ts";
import { leaksIn, people } from "./people.ts";
import { takePrinted } from "./printed.ts";
import { liveThrough } from "./scenario.ts";

const printed = takePrinted();
const stage = await openStage({ isEmpty: true });
const keptWithFaults = await liveThrough(stage);
const { engine, providers } = stage.machine;

test("what patients were sent says what nobody else may see", () => {
  const sent = providers
    .messages()
    .map(({ body, to }) => `${to} ${body}`)
    .join("\n");
  const told = new Set(leaksIn(sent).map((leak) => leak.split(":")[0]));
  for (const { patientName, patientPhone } of Object.values(people)) {
    expect(told).toContain(patientName);
    expect(told).toContain(patientPhone);
  }
});

test("logs name no patient, and tell of the faults that there were", () => {
  const log = [...stage.lines.map((line) => JSON.stringify(line)), ...printed].join("\n");
  expect(log).toContain("QuotingFault");
  expect(leaksIn(log)).toEqual([]);
});

test("events and runs name no patient, and tell of the faults that there were", async () => {
  const kept = keptWithFaults + engine!.inspect();
  expect(kept).toContain("sealed.v1.");
  expect(kept).toContain("QuotingFault");
  expect(leaksIn(kept)).toEqual([]);
});

test("the log of runs names no patient, nor what they began with", async () => {
  const rows = (await allRows(stage.context)).filter(({ __edb_e__ }) => __edb_e__ === "run");
  const ended = await Promise.all(rows.map(({ runId }) => Run.find(stage.context, String(runId))));
  const triggers = ended.flatMap((run) => run?.triggers ?? []);
  expect(triggers).not.toEqual([]);
  expect(JSON.stringify(triggers)).toContain("sealed.v1.");
  expect(leaksIn(JSON.stringify([rows, ended]))).toEqual([]);
});

test("the page of the runs and their list name no patient", async () => {
  const page = await (await fetch(`${engine!.url}/?workflow=request-approval`)).text();
  expect(page).toContain("tell-doctor");
  expect(leaksIn(page)).toEqual([]);
  expect(leaksIn(JSON.stringify(engine!.runs()))).toEqual([]);
});

test("all that was begun came to its end", () => {
  expect(engine!.runs({ status: "failed" })).toEqual([]);
  const sent = providers.messages().map(({ template }) => template);
  expect(sent).toContain("appointment_reminder_2h");
  expect(sent).toContain("medication_reminder");
  expect(sent).toContain("request_expired_patient");
});
