import type { Client } from "@turno/client";
import { outcomeOf } from "../stage/client.ts";
import type { BookableSlot } from "../stage/clinic.ts";
import type { OpenStage } from "../stage/open.ts";

type Wish = Parameters<Client["createRequest"]>[0]["body"];

/** What somebody asks for who has a name and a phone of their own. */
export const wishOf = (
  person: number,
  { slotId, serviceId }: Pick<BookableSlot, "slotId" | "serviceId">,
): Wish => ({
  slotId,
  serviceId,
  patientName: `Paciente ${person}`,
  patientPhone: `+5255${10_000_000 + person}`,
});

/** So many clients ask at once, by turns for each of the slots. Answers how often each outcome occurred. */
export async function rush(
  { api }: OpenStage,
  size: number,
  ...slots: readonly BookableSlot[]
): Promise<Record<string, number>> {
  const clients = Array.from({ length: size }, (_, person) =>
    outcomeOf(api().createRequest({ body: wishOf(person, slots[person % slots.length]!) })),
  );
  const byOutcome = Map.groupBy(await Promise.all(clients), (outcome) => outcome);
  return Object.fromEntries([...byOutcome].map(([outcome, all]) => [outcome, all.length]));
}

export const ROUNDS = 20;
const ROUNDS_AT_ONCE = 4;

/** Plays a round on each of the first {@link ROUNDS} scenes, a few at once: what one waits for is another's turn. */
export async function inRounds<Scene, Result>(
  scenes: readonly Scene[],
  play: (scene: Scene) => Promise<Result>,
): Promise<Result[]> {
  if (scenes.length < ROUNDS) throw new Error(`${scenes.length} scenes are too few`);
  const results: Result[] = [];
  for (let first = 0; first < ROUNDS; first += ROUNDS_AT_ONCE) {
    results.push(...(await Promise.all(scenes.slice(first, first + ROUNDS_AT_ONCE).map(play))));
  }
  return results;
}
