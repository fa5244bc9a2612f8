import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Fault, Message, PaymentFault, Taken } from "@turno/local/providers";

/** What the process can be asked. */
export interface Commands {
  token(given: { email: string }): Promise<string>;
  /** Moves the clock to a moment in epoch milliseconds, and answers when all that fell due is done. */
  advance(given: { to: number }): Promise<void>;
  /** What providers took, oldest first: all of it, what came after so many, or what went to one address. */
  messages(given: { after?: number; to?: string }): Promise<Message[]>;
  /** How the next messages fare with the providers. */
  fail(given: Fault): Promise<void>;
  /** How the next calls and payments fare. */
  failPayments(given: PaymentFault): Promise<void>;
  /** Somebody writes back to a clinic, in answer to a message that reached them. Asked twice, they write once. */
  answer(given: Written): Promise<void>;
  /** Somebody opens the page for what is to be paid and pays; says whether they could. */
  pay(given: { reference: string }): Promise<boolean>;
  /** What was asked for in advance and what became of it. */
  payments(): Promise<Taken[]>;
}

export interface Written {
  readonly message: Message;
  readonly body: string;
  /** Whether it names the message that it answers, which a phone can do with some channels. */
  readonly quotes: boolean;
}

export type Command = keyof Commands;

export interface Ask {
  readonly id: number;
  readonly command: string;
  readonly given: unknown;
}

export type Told = { readonly id: number } & ({ readonly answer: unknown } | { readonly error: string });

/** The process went away before it had answered. */
export class Gone extends Error {}

/** A whole Turno in a process of its own. */
export interface Turno extends Commands {
  readonly url: string;
  /** Ends it by SIGKILL, and returns when it is gone. */
  kill(): Promise<void>;
}

const PROCESS = join(import.meta.dirname, "turno.process.ts");

/** Starts it on a state folder and returns when it answers. */
export async function startTurno(stateDir: string, databaseEndpoint: string): Promise<Turno> {
  const child = fork(PROCESS, [stateDir, databaseEndpoint], {
    // A tenth faster: functions are compiled at their first call, and there is room for what only one call needs.
    execArgv: ["--always-sparkplug", "--max-semi-space-size=64"],
    // Its libraries look through all of it with every call.
    env: { PATH: process.env.PATH },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const expect = (id: number): Promise<unknown> => {
    const answer = Promise.withResolvers<unknown>();
    waiting.set(id, answer);
    return answer.promise;
  };
  child.on("message", (told: Told) => {
    const { resolve, reject } = waiting.get(told.id)!;
    waiting.delete(told.id);
    if ("error" in told) reject(new Error(told.error));
    else resolve(told.answer);
  });
  const gone = once(child, "exit").then(() => {
    for (const { reject } of waiting.values()) reject(new Gone("Turno is gone."));
    waiting.clear();
  });
  let asked = 0;
  const ask = (command: Command, given: unknown = {}): Promise<never> => {
    if (!child.connected) return Promise.reject(new Gone("Turno is gone."));
    asked += 1;
    const answer = expect(asked);
    child.send({ id: asked, command, given } satisfies Ask);
    return answer as Promise<never>;
  };
  const url = (await expect(0)) as string;
  return {
    url,
    token: (given) => ask("token", given),
    advance: (given) => ask("advance", given),
    messages: (given) => ask("messages", given),
    fail: (given) => ask("fail", given),
    failPayments: (given) => ask("failPayments", given),
    answer: (given) => ask("answer", given),
    pay: (given) => ask("pay", given),
    payments: () => ask("payments"),
    async kill() {
      child.kill("SIGKILL");
      await gone;
    },
  };
}
