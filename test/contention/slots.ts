import { allRows } from "@turno/core/testing";
import { describe, expect, test } from "vitest";
import { openClinic } from "../stage/clinic.ts";
import { contradictionsIn } from "../stage/contradictions.ts";
import type { OpenStage } from "../stage/open.ts";
import { inRounds, ROUNDS, rush } from "./crowd.ts";

const always = (outcome: Record<string, number>) => Array(ROUNDS).fill(outcome);

/** What holds when many want the same time, whatever the database does. */
export function contentionForSlots(stage: OpenStage): void {
  describe("when many want the same time", { timeout: 180_000 }, () => {
    test("of 200 clients on one slot 1 has it, and 199 are told that it is taken", async () => {
      const clinic = await openClinic(stage, "one-slot");
      const calendar = await clinic.openCalendar();
      await calendar.offer();
      const outcomes = await inRounds(await calendar.slots(1), (slot) => rush(stage, 200, slot));
      expect(outcomes).toEqual(always({ ok: 1, "slot-taken": 199 }));
      expect(contradictionsIn(await allRows(stage.context))).toEqual([]);
    });

    test("of 60 clients on 20 seats 20 have one", async () => {
      const clinic = await openClinic(stage, "seats");
      const calendar = await clinic.openCalendar();
      await calendar.offer({ capacity: 20, approval: "instant", duration: 30 });
      const outcomes = await inRounds(await calendar.slots(1), (slot) => rush(stage, 60, slot));
      expect(outcomes).toEqual(always({ ok: 20, "slot-taken": 40 }));
      expect(contradictionsIn(await allRows(stage.context))).toEqual([]);
    });

    test("of two overlapping slots of different services never both are booked", async () => {
      const clinic = await openClinic(stage, "overlap");
      const calendar = await clinic.openCalendar();
      const brief = await calendar.offer({ duration: 20, approval: "instant" });
      const long = await calendar.offer({ duration: 45, bufferAfter: 15 });
      const slots = await calendar.slots(3);
      const pairs = slots
        .filter(({ serviceId }) => serviceId === long)
        .map((slot) => {
          const during = slots.find(
            ({ serviceId, startTime }) => serviceId === brief && startTime > slot.startTime,
          );
          return [slot, during!] as const;
        })
        // A brief one that begins during one long one may reach into the next.
        .filter((_, index) => index % 2 === 0);
      const outcomes = await inRounds(pairs, (pair) => rush(stage, 20, ...pair));
      expect(outcomes).toEqual(always({ ok: 1, "slot-taken": 19 }));
      expect(contradictionsIn(await allRows(stage.context))).toEqual([]);
    });
  });
}
