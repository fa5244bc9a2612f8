import { ApiProblem, type Client, createClient } from "@turno/client";

/** A client that takes the first answer as it is: what a test counts are the answers. */
export const clientOf = (baseUrl: string, token?: string): Client =>
  createClient({ baseUrl, ...(token !== undefined && { token }), patience: { attempts: 1 } });

export type Outcome = "ok" | ApiProblem["type"];

/** How a call ended: `ok`, or the type of the problem. */
export async function outcomeOf(call: Promise<unknown>): Promise<Outcome> {
  try {
    await call;
    return "ok";
  } catch (error) {
    if (error instanceof ApiProblem) return error.type;
    throw error;
  }
}
