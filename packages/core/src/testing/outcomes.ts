import { Refusal } from "../platform/index.ts";

/** What became of each call: `done`, or the type of its refusal. Throws what is neither: a fault. */
export async function outcomesOf(calls: readonly Promise<unknown>[]): Promise<string[]> {
  const settled = await Promise.allSettled(calls);
  return settled.map((outcome) => {
    if (outcome.status === "fulfilled") return "done";
    if (outcome.reason instanceof Refusal) return outcome.reason.type;
    throw outcome.reason;
  });
}
