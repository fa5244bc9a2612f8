import { describe, expect, test } from "vitest";
import type { Effects } from "./effects.ts";
import { type Life, lived } from "./life.ts";

/** Each life comes to the same, whatever befalls every step of its workflows once. */
export function testInTrouble(lives: readonly Life[]): void {
  for (const life of lives) {
    describe(life.name, () => {
      let untroubled: Promise<Effects> | undefined;

      test.each([
        ["the answer of every step gets lost once", "lost"],
        ["every step throws once", "thrown"],
      ] as const)("and does so although %s", async (_, trouble) => {
        untroubled ??= lived(life);
        expect(await lived(life, trouble)).toEqual(await untroubled);
      });
    });
  }
}
