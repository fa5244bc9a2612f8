import { setTimeout as wait } from "node:timers/promises";
import { allRows } from "@turno/core/testing";
import { expect, test } from "vitest";
import { type Outcome, outcomeOf } from "../stage/client.ts";
import { type BookableSlot, openClinic } from "../stage/clinic.ts";
import { contradictionsIn } from "../stage/contradictions.ts";
import type { OpenStage } from "../stage/open.ts";
import { inRounds, wishOf } from "./crowd.ts";

const HOLD_MINUTES = 5;
const HEAD_START_MS = 4;

/** What holds when several decide on one request in the same moment, and time does as well. */
export function decisionsAtOnce(stage: OpenStage): void {
  const { api, machine } = stage;

  test("of approve, reject, cancel and expire at once exactly one wins", { timeout: 180_000 }, async () => {
    const { admin, ...clinic } = await openClinic(stage, "decisions", { holdMinutes: HOLD_MINUTES });
    const calendar = await clinic.openCalendar();
    await calendar.offer();
    let round = 0;

    async function race(slot: BookableSlot) {
      const turn = round++;
      const asked = await api().createRequest({ body: wishOf(0, slot) });
      if (asked.status !== "pending") throw new Error("this service needs approval");
      const { requestId, expiresAt, linkToken } = asked;
      const params = { requestId };
      const decisions = [
        () => admin.approveRequest({ params }),
        () => admin.rejectRequest({ params, body: { reason: "No hay consulta" } }),
        () => api(linkToken).cancelRequest({ params }),
      ];
      const inTurn = [...decisions.slice(turn % 3), ...decisions.slice(0, turn % 3)];
      // The clock goes on: the hold ends in the middle of the calls, and in the first round before them.
      machine.clock.moveTo(Date.parse(expiresAt) - 10 * turn);
      const [rival, ...outcomes] = await Promise.all([
        outcomeOf(api().createRequest({ body: wishOf(1, slot) })),
        ...inTurn.map(async (decide, place): Promise<Outcome> => {
          // A link is checked faster than a token; a moment's start lets each be first by turns.
          await wait(place * HEAD_START_MS);
          return outcomeOf(decide());
        }),
        machine.advanceTo(Date.parse(expiresAt)).then((): Outcome => "ok"),
      ]);
      const { status } = await admin.getRequest({ params });
      return { status, decided: outcomes.slice(0, -1), rival };
    }

    for (const { status, decided, rival } of await inRounds(await calendar.slots(1), race)) {
      const winners = [...decided, status].filter((word) => word === "ok" || word === "expired");
      expect(winners).toHaveLength(1);
      expect(new Set(decided.filter((outcome) => outcome !== "ok"))).toEqual(new Set(["already-decided"]));
      // Somebody else gets the time only when nobody has it.
      expect(status === "approved" ? ["slot-taken"] : ["slot-taken", "ok"]).toContain(rival);
    }
    expect(contradictionsIn(await allRows(stage.context))).toEqual([]);
  });
}
