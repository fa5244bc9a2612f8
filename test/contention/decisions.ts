import { type Context, ulidIn } from "@turno/core/platform";
import { allRows } from "@turno/core/testing";
import { expect, test } from "vitest";
import { outcomeOf } from "../stage/client.ts";
import { type BookableSlot, openClinic } from "../stage/clinic.ts";
import { contradictionsIn } from "../stage/contradictions.ts";
import type { OpenStage } from "../stage/open.ts";
import { ROUNDS, wishOf } from "./crowd.ts";
import { doorBefore, ENDS } from "./door.ts";

const HOLD_MINUTES = 5;

/**
 * What holds when several decide on one request in the same moment, and time does as well. `served` is what the API works
 * with.
 */
export function decisionsAtOnce(stage: OpenStage, served: Context = stage.context): void {
  const { api, machine } = stage;

  test("of approve, reject, cancel and expire at once exactly one wins", { timeout: 180_000 }, async () => {
    const { admin, ...clinic } = await openClinic(stage, "decisions", { holdMinutes: HOLD_MINUTES });
    const calendar = await clinic.openCalendar();
    await calendar.offer();
    const meet = doorBefore(served.table);

    /** Three have read that nobody has decided, and wait for the hold to end: then all four go on, and a rival comes. */
    async function prepare(slot: BookableSlot, round: number) {
      const asked = await api().createRequest({ body: wishOf(0, slot) });
      if (asked.status !== "pending") throw new Error("this service needs approval");
      const { requestId, expiresAt, linkToken } = asked;
      const params = { requestId };
      const first = round % ENDS.length;
      const meeting = meet(ulidIn(requestId), [...ENDS.slice(first), ...ENDS.slice(0, first)]);
      const decided = Promise.all([
        outcomeOf(admin.approveRequest({ params })),
        outcomeOf(admin.rejectRequest({ params, body: { reason: "No hay consulta" } })),
        outcomeOf(api(linkToken).cancelRequest({ params })),
      ]);
      const rival = meeting.isOver.then(() => outcomeOf(api().createRequest({ body: wishOf(1, slot) })));
      await Promise.all([meeting.has("approved"), meeting.has("rejected"), meeting.has("cancelled")]);
      return { params, holdEnds: Date.parse(expiresAt), decided, rival };
    }

    const slots = (await calendar.slots(1)).slice(0, ROUNDS);
    const scenes = await Promise.all(slots.map(prepare));
    await machine.advanceTo(Math.max(...scenes.map(({ holdEnds }) => holdEnds)));
    const winners = new Set<string>();
    for (const { params, decided, rival } of scenes) {
      const { status } = await admin.getRequest({ params });
      winners.add(status);
      expect(await decided).toEqual(
        ENDS.slice(0, 3).map((end) => (end === status ? "ok" : "already-decided")),
      );
      // Somebody else gets the time only when nobody has it.
      expect(status === "approved" ? ["slot-taken"] : ["slot-taken", "ok"]).toContain(await rival);
    }
    // They were at it at once: it is not always the same one who wins.
    expect(winners.size).toBeGreaterThan(1);
    expect(contradictionsIn(await allRows(stage.context))).toEqual([]);
  });
}
