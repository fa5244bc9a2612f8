import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Client } from "@turno/client";
import { openMovableClock } from "@turno/local/clock";
import { type Stage, type StageOptions, startStage } from "@turno/local/stage";
import { afterAll } from "vitest";
import { clientOf } from "./client.ts";

/** Monday, 5 March 2040, 09:00 in Mexico City: the time at which every stage of a test begins. */
const MONDAY_9AM = "2040-03-05T15:00:00.000Z";

export interface OpenStage extends Stage {
  readonly stateDir: string;
  /** The API over HTTP: for the holder of a token, or for anybody. */
  api(token?: string): Client;
  /** What the runtime has logged. */
  readonly lines: object[];
  /** Brings everything that is under way to its end, and does nothing by itself from then on. */
  rest(): Promise<void>;
}

/** A state folder whose clock begins on {@link MONDAY_9AM}; gone when the file's tests are done. */
export function stateFolder(): string {
  const stateDir = mkdtempSync(join(tmpdir(), "turno-stage-"));
  afterAll(() => rmSync(stateDir, { recursive: true, force: true }));
  openMovableClock(join(stateDir, "clock")).moveTo(Date.parse(MONDAY_9AM));
  return stateDir;
}

/** Starts a whole Turno in this process for the tests of one file. To be called while the file is loaded. */
export async function openStage(options: Partial<StageOptions> = {}): Promise<OpenStage> {
  const stateDir = stateFolder();
  const lines: object[] = [];
  const stage = await startStage({ stateDir, log: (line) => lines.push(line), ...options });
  afterAll(() => stage.close());
  const { machine } = stage;
  return {
    ...stage,
    stateDir,
    api: (token) => clientOf(stage.url, token),
    lines,
    async rest() {
      machine.engine?.stop();
      machine.providers.stop();
      machine.payments.stop();
      await machine.advanceTo(machine.clock.now());
    },
  };
}
