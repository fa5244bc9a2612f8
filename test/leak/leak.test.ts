import { expect, test } from "vitest";
import { openStage } from "../stage/open.ts";
import { leaksIn, people } from "./people.ts";
import { takePrinted } from "./printed.ts";
import { liveThrough } from "./scenario.ts";

const printed = takePrinted();
const stage = await openStage({ isEmpty: true });
await liveThrough(stage);
const { engine, provider } = stage.machine;

test("what patients were sent says what nobody else may see", () => {
  const sent = provider
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
  const kept = engine!.inspect();
  expect(kept).toContain("sealed.v1.");
  expect(kept).toContain("QuotingFault");
  expect(leaksIn(kept)).toEqual([]);
});

test("the page of the runs and their list name no patient", async () => {
  const page = await (await fetch(`${engine!.url}/?workflow=request-approval`)).text();
  expect(page).toContain("tell-doctor");
  expect(leaksIn(page)).toEqual([]);
  expect(leaksIn(JSON.stringify(engine!.runs()))).toEqual([]);
});

test("all that was begun came to its end", () => {
  expect(engine!.runs({ status: "failed" })).toEqual([]);
  const sent = provider.messages().map(({ template }) => template);
  expect(sent).toContain("appointment_reminder_2h");
  expect(sent).toContain("medication_reminder");
  expect(sent).toContain("request_expired_patient");
});
