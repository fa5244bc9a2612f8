import { Organization } from "@turno/core/identity";
import { Figures, Tally } from "@turno/core/operations";
import type { Context } from "@turno/core/platform";
import { cron } from "inngest";
import type { Desk } from "../desk.ts";
import { Independent } from "../independent.ts";

/** A step for so many clinics: each is counted within moments. */
const TOGETHER = 20;

/**
 * Every six hours counts the last days anew, of each clinic and each of its calendars, and adds up what its workflows did.
 *
 * It counts what is there, and so is right however often it runs and whatever was left out.
 */
export const analyticsRollup = ({ inngest, context }: Desk) =>
  inngest.createFunction({ id: "analytics-rollup", triggers: cron("0 */6 * * *") }, async ({ step }) => {
    const clinics = await step.run("clinics", () => Organization.allIds(context));
    const groups = new Independent();
    for (let first = 0; first < clinics.length; first += TOGETHER) {
      const group = clinics.slice(first, first + TOGETHER);
      await groups.outcomeOf(step.run(`count-${group[0]}`, () => count(context, group)));
    }
    groups.end();
    return { clinics: clinics.length };
  });

/** One that cannot be counted keeps none of the others. */
async function count(context: Context, clinics: readonly string[]): Promise<void> {
  const counted = await Promise.allSettled(
    clinics.flatMap((one) => [Figures.rollUp(context, one), Tally.rollUp(context, one)]),
  );
  const failures = counted.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} were not counted`);
}
