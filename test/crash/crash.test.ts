import { join } from "node:path";
import { allRows, testContext } from "@turno/core/testing";
import { startDatabase } from "@turno/local/database";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { contradictionsIn } from "../stage/contradictions.ts";
import { stateFolder } from "../stage/open.ts";
import { type StageProcess, startProcess } from "../stage/process.ts";
import { patientsOf } from "./day.ts";
import { type Promised, run } from "./errand.ts";

const CRASHES_UNDER_LOAD = 9;
const ANSWERS_BEFORE_A_CRASH = 6;

/** Thursday, 8 March 2040, 00:00, and Friday 13:30 in Mexico City, when the last visit is over. */
const ON_THE_WAY = "2040-03-08T06:00:00.000Z";
const AFTER_ALL = "2040-03-09T19:30:00.000Z";

interface Message {
  readonly to: string;
  readonly template: string;
  readonly body: string;
}

interface Run {
  readonly status: string;
  readonly steps: readonly object[];
}

const stateDir = stateFolder();
const printed: string[] = [];
const start = (): Promise<StageProcess> => startProcess(stateDir, (line) => printed.push(line));
let stage: StageProcess;
let promises: readonly Promised[];
let messages: readonly Message[];

/** Ten ends by kill -9: nine while patients and the clinic call, one while time passes. */
beforeAll(async () => {
  stage = await start();
  const patients = await patientsOf(stage);
  promises = patients.promises;
  for (let crash = 1; crash <= CRASHES_UNDER_LOAD; crash++) {
    const { kill } = stage;
    await run(patients.errands, await callersOf(stage), { after: ANSWERS_BEFORE_A_CRASH, kill });
    if (patients.errands.length === 0) throw new Error("there was no load left to crash under");
    stage = await start();
  }
  await run(patients.errands, await callersOf(stage));

  const moving = stage.local("POST /_local/clock", { to: AFTER_ALL }).catch((error: unknown) => error);
  const isOnTheWay = async () => (await stage.local<{ now: string }>("GET /_local/clock")).now >= ON_THE_WAY;
  await vi.waitUntil(isOnTheWay, { interval: 5, timeout: 300_000 });
  await stage.kill();
  await moving;
  stage = await start();
  await stage.local("POST /_local/clock", { to: AFTER_ALL });
  messages = (await stage.local<{ items: Message[] }>("GET /_local/messages")).items;
}, 900_000);

afterAll(() => stage.kill());

const callersOf = async (process: StageProcess) => ({
  anybody: await process.api(),
  admin: await process.api("admin"),
});

test("every booking that was acknowledged is there", async () => {
  const admin = await stage.api("admin");
  for (const { patientName, requestId, reservationId } of promises) {
    const booked = reservationId
      ? await admin.getReservation({ params: { reservationId } })
      : await admin.getRequest({ params: { requestId: requestId! } });
    // Nobody came, and a visit that is over long enough is written down as missed.
    const status = reservationId ? expect.stringMatching(/^(confirmed|no_show)$/) : "expired";
    expect(booked).toMatchObject({ patientName, status });
  }
});

test("every patient has each of their messages once", () => {
  for (const { patientPhone, requestId, reservationId } of promises) {
    const received = messages.filter(({ to }) => to === patientPhone).map(({ template }) => template);
    const visit = [
      "appointment_confirmed",
      ...["72h", "24h", "2h"].map((time) => `appointment_reminder_${time}`),
    ];
    const wait = ["request_received", "request_expired_patient"];
    // Whoever was approved at once need not have been told that their request had arrived.
    const told = requestId && received.includes("request_received") ? ["request_received"] : [];
    expect(received.sort()).toEqual((reservationId ? [...told, ...visit] : wait).sort());
  }
});

test("every doctor has each of their messages once", () => {
  for (const { patientName, requestId, reservationId } of promises) {
    const about = messages.filter(
      ({ template, body }) => /doctor/.test(template) && body.includes(patientName),
    );
    const received = about.map(({ template }) => template);
    const asked = requestId && received.includes("doctor_new_request") ? ["doctor_new_request"] : [];
    expect(received.sort()).toEqual(reservationId ? asked : ["doctor_new_request", "request_expired_doctor"]);
  }
});

test("no run has failed, and none waits for what is over", async () => {
  for (const status of ["failed", "running"]) {
    expect((await stage.local<{ items: Run[] }>(`GET /_local/runs?status=${status}`)).items).toEqual([]);
  }
});

test("nothing that was printed names a patient", () => {
  const log = printed.join("\n");
  expect(log).toContain('"route":"createReservation"');
  for (const { patientName, patientPhone } of promises) {
    expect(log).not.toContain(patientName);
    expect(log).not.toContain(patientPhone.slice(1));
  }
});

test("the table contradicts itself nowhere", async () => {
  await stage.kill();
  const database = await startDatabase({ path: join(stateDir, "table.db") });
  onTestFinished(() => database.stop());
  const context = await testContext({ endpoint: database.endpoint, table: "turno" });
  expect(contradictionsIn(await allRows(context))).toEqual([]);
});
