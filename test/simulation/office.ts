import { type Client, createClient } from "@turno/client";
import type { Chance } from "./chance.ts";
import type { Clinic } from "./town.ts";
import { Gone, startTurno, type Turno } from "./turno.ts";

/** How callers reach Turno at present: a new address after every kill. */
export interface Lines {
  readonly anybody: Client;
  /** The admin of a clinic, by its organization's id. */
  readonly admin: (organizationId: string) => Client;
  readonly holder: (linkToken: string) => Client;
}

/** Turno, which is killed now and then and started again, and those who call until they are answered. */
export interface Office {
  readonly kills: number;
  /** Moves the clock, however often it has to be asked. */
  advance(to: number): Promise<void>;
  /** Calls until there is an answer: a repeated call has to carry its idempotency key. */
  call<T>(deed: (lines: Lines) => Promise<T>): Promise<T>;
  /** Asks the process itself. */
  ask<T>(question: (turno: Turno) => Promise<T>): Promise<T>;
  /** Has it killed some milliseconds from now, in the middle of whatever it does. */
  killSoon(): void;
  /** Kills it for good: nobody is answered any more. */
  close(): Promise<void>;
}

interface Options {
  readonly stateDir: string;
  readonly databaseEndpoint: string;
  readonly clinics: readonly Clinic[];
  readonly chance: Chance;
}

const KILLED_WITHIN_MS = 400;

interface Running {
  readonly turno: Turno;
  readonly lines: Lines;
}

export function openOffice({ stateDir, databaseEndpoint, clinics, chance }: Options): Office {
  let kills = 0;
  const start = async (): Promise<Running> => {
    const turno = await startTurno(stateDir, databaseEndpoint);
    return { turno, lines: await linesTo(turno, clinics) };
  };
  const restart = async ({ turno }: Running): Promise<Running> => {
    await turno.kill();
    return start();
  };
  let running = start();
  let isClosed = false;

  async function untilAnswered<T>(attempt: (current: Running) => Promise<T>): Promise<T> {
    for (;;) {
      const current = running;
      try {
        return await attempt(await current);
      } catch (error) {
        const wasKilled = running !== current;
        if (!isBroken(error) || !wasKilled) throw error;
      }
    }
  }

  return {
    get kills() {
      return kills;
    },
    advance: (to) => untilAnswered(({ turno }) => turno.advance({ to })),
    call: (deed) => untilAnswered(({ lines }) => deed(lines)),
    ask: (question) => untilAnswered(({ turno }) => question(turno)),
    killSoon() {
      kills += 1;
      setTimeout(
        () => {
          if (!isClosed) running = running.then(restart);
        },
        chance.between(1, KILLED_WITHIN_MS),
      );
    },
    async close() {
      isClosed = true;
      // One that did not even start is gone.
      const last = await running.catch(() => undefined);
      await last?.turno.kill();
    },
  };
}

/** The platform's fetch throws a TypeError for a connection that broke or was refused. */
const isBroken = (error: unknown): boolean => error instanceof Gone || error instanceof TypeError;

async function linesTo(turno: Turno, clinics: readonly Clinic[]): Promise<Lines> {
  const clientFor = (token?: string): Client =>
    createClient({ baseUrl: turno.url, ...(token && { token }), patience: { attempts: 1 } });
  const admins = new Map<string, Client>();
  for (const { organizationId, adminEmail } of clinics) {
    admins.set(organizationId, clientFor(await turno.token({ email: adminEmail })));
  }
  return {
    anybody: clientFor(),
    admin: (organizationId) => admins.get(organizationId)!,
    holder: clientFor,
  };
}
